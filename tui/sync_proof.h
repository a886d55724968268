/*
 * sync_proof.h - what the last receipt proves, and what was not taken and why, as texts to read.
 */
#ifndef MOTCUA_TUI_SYNC_PROOF_H
#define MOTCUA_TUI_SYNC_PROOF_H

#include "tui/screen.h"

void sync_show_receipt(struct ui *ui);
void sync_show_quarantine(struct ui *ui);

#endif
