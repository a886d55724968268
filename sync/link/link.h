/*
 * link.h - what motcua and motcua-link say to each other over the pipe.
 *
 * motcua-link sees sealed bytes, an address and a token; never a key, a
 * store or a record. Frames as in db/base/child.h. It reads everything up to
 * GO, works, and answers as it goes; the last answer is END.
 */
#ifndef MOTCUA_LINK_H
#define MOTCUA_LINK_H

enum link_frame {
	/* to the helper */
	LINK_HUB = 'U',   /* texts, each with its NUL: address, token, pinned certificate (PEM) or "" */
	LINK_BATCH = 'B', /* 32 bytes of id, then the sealed file */
	LINK_FEED = 'F',  /* varint: ask for the feed after this cursor */
	LINK_AGAIN = 'W', /* the round before was cut: ask where the hub stands before sending anything */
	LINK_GO = 'G',
	/* from it */
	LINK_RECEIPT = 'R',  /* 32 bytes of id, then the receipt */
	LINK_REFUSED = 'X',  /* 32 bytes of id, then why, as text */
	LINK_LATER = 'L',    /* 32 bytes of id, then why: try again another time */
	LINK_FEEDING = 'D',  /* varint cursor, then a sealed file (nothing: up to date) */
	LINK_MOVED = 'M',    /* varint bytes up, varint bytes down, so far */
	LINK_AT = 'P',       /* varint bytes of the batches that have left for the hub, from the first; varint 0 */
	LINK_TOKEN = 'A',    /* the hub does not know the token: everything waits */
	LINK_NO_LINE = 'N',  /* no connection; text */
	LINK_DISTRUST = 'C', /* one byte of enum link_distrust: this is not our hub, nothing was sent */
	LINK_END = 'E',      /* done: varint requests, varint connections */
};

/* What is wrong with the certificate a hub showed. */
enum link_distrust {
	LINK_CERT_GOOD,
	LINK_CERT_UNKNOWN,    /* nobody we trust vouches for it, or it is not the pinned one */
	LINK_CERT_EXPIRED,
	LINK_CERT_EARLY,      /* not valid yet: mostly this PC's clock is behind */
	LINK_CERT_HOST,	      /* of another host than the address says */
	LINK_CERT_UNREADABLE, /* the pinned certificate, or SSL_CERT_FILE, is none */
};

#endif
