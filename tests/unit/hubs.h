/*
 * hubs.h - a hub in a folder of its own, and devices enrolled with it, for tests.
 */
#ifndef MOTCUA_TESTS_HUBS_H
#define MOTCUA_TESTS_HUBS_H

#include "sync/hub/hub.h"

/* Made under /tmp; hubs_close removes it. Fails the test when it cannot. */
void hubs_open(struct hub *hub);
void hubs_close(struct hub *hub);
/* After hub_close, or after another process had it: the hub and the stores of all its wards. */
void hubs_reopen(struct hub *hub);
/* Enrol an opened ward under that slot. */
void hubs_enrol(struct hub *hub, struct app *app, unsigned number, enum device_role role);
/* ward_open_device, then enrolled under that slot. */
void hubs_device(struct hub *hub, struct app *app, unsigned number, enum device_role role);
/* One note on the ward's settings: an event that every audience reads. */
void hubs_edit(struct app *app, const char *name, const char *value);
/* A new dossier of this code. */
void hubs_dossier(struct app *app, const char *code);
/* Seal what is new and give the bytes of the n-th own batch (from 0). */
void hubs_batch(struct app *app, size_t n, struct buf *out);
/* One batch in and its receipt believed; what the device then knows to be acknowledged. */
int64_t hubs_deliver(struct hub *hub, struct app *app, const struct buf *batch, struct ingested *in);
/* Read the feed of a device from its beginning to its end, into its store, and note how far; how many batches. */
size_t hubs_follow(struct hub *hub, struct app *app);

#endif
