/*
 * media.h - what motcua and motcua-media say to each other over the pipe.
 *
 * One job a process. motcua-media never sees a key or the store: it gets the
 * bytes of one paper or table, or the names of files to look into, and has no
 * network, little memory and little time. Frames as in db/base/child.h. It
 * reads everything up to GO, works, answers; the last answer is END or FAULT.
 */
#ifndef MOTCUA_MEDIA_H
#define MOTCUA_MEDIA_H

#include "db/base/buf.h"

enum media_frame {
	/* to the helper */
	MEDIA_JOB = 'J',   /* byte: enum media_job; varint: BITMAP: dots across, TABLE_*: nothing */
	MEDIA_DATA = 'D',  /* bytes of the stream (core/table.h, core/rules/paper.h) or text; may come in parts */
	MEDIA_FILE = 'F',  /* SCAN: a file's name, as often as needed */
	MEDIA_GO = 'G',
	/* from it */
	MEDIA_OUT = 'O',   /* bytes of the file made; may come in parts */
	MEDIA_FOUND = 'S', /* SCAN: varint which file, then struct media_scan as varints, then the hash */
	MEDIA_BAD = 'X',   /* SCAN: varint which file, byte: enum media_fault */
	MEDIA_FAULT = 'Y', /* byte: enum media_fault; the job is over */
	MEDIA_END = 'E',
};

enum media_job {
	MEDIA_SCAN = 1,  /* files -> what they are */
	MEDIA_XLSX,      /* table stream -> XLSX */
	MEDIA_TABLE_PDF, /* table stream -> PDF */
	MEDIA_PAPER_PDF, /* paper stream -> PDF */
	MEDIA_BITMAP,    /* lines of text -> ESC/POS raster for thermal printers */
	MEDIA_QR,        /* text -> size as a byte, then the bits of core/qr.h */
};

/* One row a fault: its number is what travels, the words are for the clerk. */
#define MEDIA_FAULT_LIST(X) \
	X(OPEN,    T("không mở được", "it cannot be opened")) \
	X(KIND,    T("không phải tệp thường", "it is no regular file")) \
	X(LARGE,   T("quá lớn", "it is too large")) \
	X(FORMAT,  T("không phải PDF, TIFF, JPEG hay PNG", "it is no PDF, TIFF, JPEG or PNG")) \
	X(BROKEN,  T("hỏng hoặc bị cắt ngang, không đọc được", "it is broken or cut off and cannot be read")) \
	X(LOCKED,  T("có mật khẩu, không đọc được", "it has a password and cannot be read")) \
	X(FONT,    T("thiếu phông chữ DejaVu (gói fonts-dejavu-core)", "the DejaVu fonts are missing (package fonts-dejavu-core)")) \
	X(STREAM,  T("dữ liệu không đúng dạng", "the data is not in its form")) \
	X(TOO_BIG, T("quá nhiều dòng hoặc cột cho dạng này", "too many rows or columns for this format")) \
	X(FAILED,  T("thư viện báo lỗi", "the library failed")) \
	X(DIED,    T("làm chương trình đọc tệp phải dừng", "it brought the program that reads it to a halt"))

enum media_fault {
	MEDIA_FINE,
#define X(id, words) MEDIA_FAULT_##id,
	MEDIA_FAULT_LIST(X)
#undef X
	MEDIA_FAULTS
};

enum media_flag {
	MEDIA_SIGNED = 1 << 0, /* a PDF with a signature in it */
	MEDIA_MENDED = 1 << 1, /* a PDF that had to be repaired to be read */
};

enum { MEDIA_HASH = 16, MEDIA_FILE_MAX = 512 << 20, MEDIA_OUT_PART = 1 << 20 };

/* What a scanned file is. */
struct media_scan {
	uint64_t format;  /* the choices of the field `format`, from 1: pdf, tiff, jpeg, png */
	uint64_t pages;
	uint64_t dpi;     /* 0: the file does not say */
	uint64_t version; /* of a PDF: 14 is 1.4 */
	uint64_t bytes;
	uint64_t flags;   /* enum media_flag */
	uint8_t hash[MEDIA_HASH]; /* BLAKE2b-128 of the file */
};

#endif
