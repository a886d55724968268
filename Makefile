# motcua: build, test, measure. `make help` lists what there is.
#
# FLAVOUR is release, asan or fuzz; each builds in a folder of its own.
FLAVOUR ?= release
B       := build/$(FLAVOUR)
JOBS    := $(shell nproc 2>/dev/null || echo 2)
MAKEFLAGS += --no-print-directory

# What Debian 12 must have; README says why each is there.
DEPS_BUILD := gcc make pkg-config libncurses-dev libsqlite3-dev libsodium-dev zlib1g-dev \
              libutf8proc-dev libjansson-dev libcsv-dev libcurl4-openssl-dev libmicrohttpd-dev \
              libqrencode-dev libhpdf-dev libxlsxwriter-dev libqpdf-dev libtiff-dev libjpeg-dev \
              libpng-dev fonts-dejavu-core ncurses-term
DEPS_TEST  := $(DEPS_BUILD) g++ libcmocka-dev libvterm-dev sqlite3 python3 clang clang-tidy cppcheck \
              libclang-rt-14-dev valgrind clang-format

PKGS := ncursesw sqlite3 libsodium zlib libutf8proc jansson

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Wold-style-definition -Wformat=2 -Wwrite-strings -Wcast-qual -Wpointer-arith -Wundef -Wvla -Werror
CFLAGS.release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
CFLAGS.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS.fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS.asan   := -fsanitize=address,undefined
LDFLAGS.fuzz   := -fsanitize=address,undefined

# ncursesw's own flags define _XOPEN_SOURCE=600, which clashes with ours: drop its -D words.
override CPPFLAGS += -I. -I$(B) -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -MMD -MP \
            $(filter-out -D%,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
override CFLAGS   += -std=c11 -fPIC $(WARN) $(CFLAGS.$(FLAVOUR))
override LDFLAGS  += $(LDFLAGS.$(FLAVOUR))
LDLIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv

LIB_C  := $(sort $(wildcard db/base/*.c db/*.c core/rules/*.c core/*.c sync/*.c))
GEN_C  := $(B)/gen/schema.c $(B)/gen/catalog_data.c
LIB_O  := $(patsubst %.c,$(B)/%.o,$(LIB_C)) $(GEN_C:.c=.o)
LIB    := $(B)/libmotcua.a
TUI_O  := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tui/*.c tui/cli/*.c)))
HUB_O  := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard sync/hub/*.c)))
LINK_O := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard sync/link/*.c)))
MEDIA_O := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tui/media/*.c)))
# The extension is the VFS, the keys and the base they stand on, and nothing else.
VFS_O  := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard db/base/*.c)) $(wildcard db/vfs*.c db/key*.c db/header*.c db/ext*.c))
PROGRAMS := $(B)/motcua $(B)/motcua_vfs.so $(if $(HUB_O),$(B)/motcua-hub) \
            $(if $(LINK_O),$(B)/motcua-link) $(if $(MEDIA_O),$(B)/motcua-media)
UNITS  := $(patsubst tests/unit/%.c,$(B)/unit/%,$(sort $(wildcard tests/unit/t_*.c)))

.DEFAULT_GOAL := all
.PHONY: all
all: $(PROGRAMS)                     ## build the programs (build/NAME links to the flavour's)
	@mkdir -p build
	@for p in $(notdir $(PROGRAMS)); do ln -sfn $(FLAVOUR)/$$p build/$$p; done

$(B)/motcua: $(TUI_O) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lutil

$(B)/motcua-hub: $(HUB_O) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lmicrohttpd

$(B)/motcua-link: $(LINK_O) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcurl

$(B)/motcua-media: $(MEDIA_O) $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lqrencode -lhpdf -lxlsxwriter -lqpdf -ltiff -ljpeg -lpng

$(B)/motcua_vfs.so: $(VFS_O)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -o $@ $^ $(shell pkg-config --libs libsodium libutf8proc)

$(LIB): $(LIB_O)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/gen/schema.c: $(sort $(wildcard db/schema/*.sql)) db/embed.awk
	@mkdir -p $(@D)
	awk -f db/embed.awk $(filter %.sql,$^) > $@

$(B)/gen/catalog_data.c: $(sort $(wildcard core/catalog/*.csv)) db/embed.awk
	@mkdir -p $(@D)
	awk -v table=catalog_files -f db/embed.awk $(filter %.csv,$^) > $@

$(B)/gen/%.o: $(B)/gen/%.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -c -o $@ $<

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/unit/%: $(B)/tests/unit/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

.PHONY: unit
unit: $(UNITS)                       ## unit tests (cmocka)
	@for t in $(UNITS); do $$t || exit 1; done

.PHONY: clean help
clean:                               ## forget everything built
	rm -rf build
help:                                ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile

-include $(shell find build -name '*.d' 2>/dev/null)
