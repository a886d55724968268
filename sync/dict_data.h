/* dict_data.h - the dictionaries this program carries, oldest first; written by sync/dict/build.py. */
#ifndef MOTCUA_DICT_DATA_H
#define MOTCUA_DICT_DATA_H

#include "sync/pack.h"

extern const struct dictionary dictionaries[];
extern const size_t dictionaries_count;

#endif
