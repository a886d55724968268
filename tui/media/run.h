/*
 * run.h - the jobs of motcua-media: bytes in, bytes out.
 *
 * Each takes what came over the pipe (hostile until read) and appends the file
 * it makes to `out`. MEDIA_FINE, or what went wrong; `out` is then worthless.
 */
#ifndef MOTCUA_MEDIA_RUN_H
#define MOTCUA_MEDIA_RUN_H

#include "tui/media/media.h"

enum media_fault run_paper_pdf(const struct buf *in, struct buf *out);
enum media_fault run_table_pdf(const struct buf *in, struct buf *out);
enum media_fault run_xlsx(const struct buf *in, struct buf *out);
/* `dots` across: 384 on paper of 58 mm, 576 on 80 mm. */
enum media_fault run_bitmap(const struct buf *in, unsigned dots, struct buf *out);
enum media_fault run_qr(const struct buf *in, struct buf *out);

/* What the file is: its bytes mapped or read, its format told from them. */
enum media_fault scan_file(const char *path, struct media_scan *out);
/* The same of bytes at hand. */
enum media_fault scan_bytes(const uint8_t *data, size_t len, struct media_scan *out);

/* For scan.c, by format. `out` has format, bytes and hash already. */
enum media_fault scan_pdf(const uint8_t *data, size_t len, struct media_scan *out);
enum media_fault scan_tiff(const uint8_t *data, size_t len, struct media_scan *out);
enum media_fault scan_jpeg(const uint8_t *data, size_t len, struct media_scan *out);
enum media_fault scan_png(const uint8_t *data, size_t len, struct media_scan *out);
/* Dots an inch from a density: rounded, 0 when it says nothing that can be. */
uint64_t scan_dpi(double per_inch);

/*
 * Where a DejaVu font is: "DejaVuSans.ttf" and the like, in the folder MOTCUA_FONTS names or the places
 * distributions have for it. False: nowhere.
 */
bool font_path(const char *name, char *out, size_t size);

#endif
