/*
 * secure.h - a process that holds keys leaves no image of itself behind.
 */
#ifndef MOTCUA_SECURE_H
#define MOTCUA_SECURE_H

/* No core file, no attaching by other processes of the user. Call first in main. */
void secure_process(void);

#endif
