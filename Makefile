# motcua: build, test, measure. `make help` lists what there is.
#
# FLAVOUR is release, asan or fuzz; each builds in a folder of its own, build/FLAVOUR.
FLAVOUR ?= release
B       := build/$(FLAVOUR)
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)
MAKEFLAGS += --no-print-directory
PREFIX  ?= /usr/local

PKGS := ncursesw sqlite3 libsodium zlib libutf8proc jansson

WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Wold-style-definition -Wformat=2 -Wwrite-strings -Wcast-qual -Wpointer-arith -Wundef -Wvla -Werror
CFLAGS.release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong
CFLAGS.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS.fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS.release := -Wl,-z,relro,-z,now
LDFLAGS.asan   := -fsanitize=address,undefined
LDFLAGS.fuzz   := -fsanitize=address,undefined

# ncursesw's own flags define _XOPEN_SOURCE=600, which clashes with ours: drop its -D words.
override CPPFLAGS += -I. -I$(B) -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -MMD -MP \
            $(filter-out -D%,$(shell pkg-config --cflags $(PKGS) freetype2 2>/dev/null))
override CFLAGS   += -std=c11 -fPIC $(WARN) $(CFLAGS.$(FLAVOUR))
override LDFLAGS  += $(LDFLAGS.$(FLAVOUR)) -Wl,--as-needed
LDLIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv
LIBS.hub   := -lmicrohttpd
LIBS.link  := -lcurl
LIBS.media := -lqrencode -lhpdf -lxlsxwriter -lqpdf -ltiff -ljpeg -lpng -lfreetype -lm
LIBS.all   := $(LDLIBS) -lutil $(LIBS.hub) $(LIBS.link) $(LIBS.media)

objects = $(patsubst %.c,$(B)/%.o,$(sort $(wildcard $(1))))
LIB_C  := $(sort $(wildcard db/base/*.c db/*.c core/rules/*.c core/*.c sync/*.c))
GEN_C  := $(B)/gen/schema.c $(B)/gen/catalog_data.c $(B)/gen/papers.c
LIB_O  := $(patsubst %.c,$(B)/%.o,$(LIB_C)) $(GEN_C:.c=.o)
LIB    := $(B)/libmotcua.a
TUI_O  := $(call objects,tui/*.c tui/cli/*.c)
HUB_O  := $(call objects,sync/hub/*.c)
LINK_O := $(call objects,sync/link/*.c)
MEDIA_O := $(call objects,tui/media/*.c)
# The extension is the VFS, the keys and the base they stand on, and nothing else.
VFS_O  := $(call objects,db/base/*.c db/vfs*.c db/key*.c db/header*.c db/ext*.c)
PROGRAMS := $(if $(filter %/main.o,$(TUI_O)),$(B)/motcua) $(if $(filter $(B)/db/vfs%,$(VFS_O)),$(B)/motcua_vfs.so) \
            $(if $(HUB_O),$(B)/motcua-hub) $(if $(LINK_O),$(B)/motcua-link) $(if $(MEDIA_O),$(B)/motcua-media)

# Tests. A new file is picked up by its name; ONLY=word runs those whose name holds it.
ONLY    ?=
only     = $(if $(ONLY),$(foreach t,$(1),$(if $(findstring $(ONLY),$(t)),$(t))),$(1))
programs = $(patsubst tests/$(1)/%.c,$(B)/$(1)/%,$(sort $(wildcard tests/$(1)/$(2)_*.c)))
UNITS   := $(call programs,unit,t)
FAULTS  := $(call programs,fault,t)
BENCHES := $(call programs,bench,bench) $(sort $(wildcard tests/bench/bench_*.sh))
FUZZERS := $(call programs,fuzz,fuzz)
REPLAYS := $(patsubst $(B)/fuzz/fuzz_%,$(B)/replay/%,$(FUZZERS))
STORIES := $(sort $(wildcard tests/tui/*.t))
CLIS    := $(sort $(wildcard tests/cli/[0-9]*.sh))
DRIVE_O := $(call objects,tests/drive/*.c)
# What several tests share: any other file of these folders.
LIBTEST := $(B)/libtest.a
LIBTEST_O := $(filter-out %/main.o $(B)/tests/unit/t_% $(B)/tests/fault/t_% $(B)/tests/bench/bench_%, \
             $(call objects,tests/unit/*.c tests/fault/*.c tests/bench/*.c tests/drive/*.c))
# The demo ward that stories copy; made once, as Argon2id is slow by design.
WARD    := $(B)/ward/ward.motcua
# Test programs find what is built here.
export MOTCUA_BUILD := $(B)

# V=1 shows whole commands.
Q       := $(if $(V),,@)
say      = $(if $(V),,@echo '  $(1)  $(patsubst $(B)/%,%,$@)')

.DEFAULT_GOAL := all
.PHONY: all
all: $(PROGRAMS)                     ## build the programs (build/NAME links to the release build)
	@mkdir -p build
	@$(if $(filter release,$(FLAVOUR)),for p in $(notdir $(PROGRAMS)); do ln -sfn $(FLAVOUR)/$$p build/$$p; done)

.PHONY: deps run run-demo
deps:                                ## install what is missing (Debian, apt); run and test do it too
	@tests/deps.sh test
run:                                 ## install what is missing, build, open a demo ward (build/demo)
	@tests/deps.sh run
	@$(MAKE) -j$(JOBS) all
	@$(MAKE) run-demo
run-demo: all
	@tests/demo.sh build/demo $(B)/motcua
	$(B)/motcua --store build/demo/ward.motcua

.PHONY: test test-all unit cli stories replay fault
test:                                ## everything a change must pass
	@tests/deps.sh test
	@$(MAKE) -j$(JOBS) test-all
story_commands = $(foreach s,$(call only,$(STORIES)),'$(B)/drive $(s)')
replay_commands = $(foreach r,$(call only,$(REPLAYS)),'$(r) tests/fuzz/corpus/$(notdir $(r))')
STORY_NEEDS := $(if $(STORIES),all $(B)/drive $(WARD))
test-all: all $(UNITS) $(FAULTS) $(REPLAYS) $(BENCHES) $(STORY_NEEDS)
	@tests/run.sh --logs $(B)/log/test $(call only,$(FAULTS) $(UNITS) $(CLIS)) $(story_commands) $(replay_commands)
unit: $(call only,$(UNITS))          ## unit tests (cmocka); ONLY=word picks some, here and below
	@tests/run.sh --label unit --logs $(B)/log/unit $(call only,$(UNITS))
cli: all                             ## the command line as a shell sees it
	@tests/run.sh --label cli --logs $(B)/log/cli $(call only,$(CLIS))
stories: $(STORY_NEEDS)              ## a clerk's stories, by keyboard; UPDATE=1 rewrites expected screens
	@tests/run.sh --label stories --logs $(B)/log/stories $(story_commands)
replay: $(call only,$(REPLAYS))      ## every fuzz target over its corpus
	@tests/run.sh --label replay --logs $(B)/log/replay $(replay_commands)
fault: $(call only,$(FAULTS)) all $(WARD) ## power cuts, full disks, flipped bytes
	@tests/run.sh --label fault --logs $(B)/log/fault $(call only,$(FAULTS))

.PHONY: check-asan asan-all check-valgrind lint bench fuzz fuzz-run
check-asan:                          ## units, replay and stories again under ASan and UBSan
	@$(MAKE) FLAVOUR=asan -j$(JOBS) asan-all
asan-all: $(UNITS) $(REPLAYS) $(STORY_NEEDS)
	@DRIVE_TERMS=1 DRIVE_WAIT=30 TEST_SECONDS=900 tests/run.sh --label asan --logs $(B)/log/test $(call only,$(UNITS)) $(story_commands) $(replay_commands)
VALGRIND := valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite
check-valgrind: $(call only,$(UNITS)) ## units under valgrind (slow)
	@TEST_SECONDS=1800 tests/run.sh --label valgrind --logs $(B)/log/valgrind $(foreach t,$(call only,$(UNITS)),'$(VALGRIND) $(t)')
lint:                                ## the rules a compiler cannot see, clang-tidy, cppcheck
	@CPPFLAGS='$(filter-out -MMD -MP,$(CPPFLAGS))' tests/lint.sh
bench: all $(BENCHES)                ## measure against tests/bench/budget.tsv
	@tests/bench/run.sh $(call only,$(BENCHES))
T       ?= 60
fuzz:                                ## T=60 seconds per target, needs clang
	@tests/deps.sh test
	@$(MAKE) FLAVOUR=fuzz CC=clang -j$(JOBS) fuzz-run
fuzz-run: $(call only,$(FUZZERS))
	@tests/fuzz/run.sh $(T) $(call only,$(FUZZERS))

.PHONY: install
BIN     := $(DESTDIR)$(PREFIX)/bin
LIBEXEC := $(DESTDIR)$(PREFIX)/libexec/motcua
install: all                         ## into PREFIX (/usr/local), under DESTDIR
	install -d $(BIN) $(LIBEXEC) $(DESTDIR)$(PREFIX)/lib/motcua $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(B)/motcua $(B)/motcua-hub $(BIN)
	install -m 755 $(B)/motcua-link $(B)/motcua-media $(LIBEXEC)
	install -m 644 $(B)/motcua_vfs.so $(DESTDIR)$(PREFIX)/lib/motcua
	install -m 644 tui/motcua.1 sync/hub/motcua-hub.1 $(DESTDIR)$(PREFIX)/share/man/man1

.PHONY: clean help
clean:                               ## forget everything built, the demo ward too
	rm -rf build
help:                                ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | expand -t 16

# Programs
$(B)/motcua: $(B)/tui/main.o $(B)/libtui.a $(LIB)
	$(call say,ld)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lutil
$(B)/motcua-hub: $(HUB_O) $(LIB)
	$(call say,ld)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(LIBS.hub)
$(B)/motcua-link: $(LINK_O) $(LIB)
	$(call say,ld)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(LIBS.link)
$(B)/motcua-media: $(MEDIA_O) $(LIB)
	$(call say,ld)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(LIBS.media)
$(B)/motcua_vfs.so: $(VFS_O) db/ext.map
	$(call say,ld)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,--version-script=db/ext.map -o $@ $(VFS_O) $(shell pkg-config --libs libsodium libutf8proc)

# Archives: what a program is made of, less its main, so that tests can link to it.
archive = @rm -f $@; $(AR) rcs $@ $^
$(LIB): $(LIB_O)
	$(archive)
$(LIBTEST): $(LIBTEST_O)
	$(archive)
$(B)/libtui.a: $(filter-out %/main.o,$(TUI_O))
	$(archive)
$(B)/libhub.a: $(filter-out %/main.o,$(HUB_O))
	$(archive)
$(B)/liblink.a: $(filter-out %/main.o,$(LINK_O))
	$(archive)
$(B)/libmedia.a: $(filter-out %/main.o,$(MEDIA_O))
	$(archive)

# Generated sources
$(B)/gen/schema.c: $(sort $(wildcard db/schema/*.sql)) db/embed.awk
	@mkdir -p $(@D)
	$(call say,awk)
	$(Q)awk -f db/embed.awk $(filter %.sql,$^) > $@
$(B)/gen/catalog_data.c: $(sort $(wildcard core/catalog/*.csv)) db/embed.awk
	@mkdir -p $(@D)
	$(call say,awk)
	$(Q)awk -v table=catalog_files -f db/embed.awk $(filter %.csv,$^) > $@
$(B)/gen/papers.c: $(sort $(wildcard core/papers/*.txt)) db/embed.awk
	@mkdir -p $(@D)
	awk -v table=paper_files -f db/embed.awk $(filter %.txt,$^) > $@
$(B)/gen/%.o: $(B)/gen/%.c
	$(call say,cc)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -c -o $@ $<

# clang-tidy and gcc see the same flags.
$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,cc)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# A test that includes a program's header is linked to that program's archive.
tests_with = $(patsubst %.c,$(B)/%,$(patsubst tests/%,%,$(files_with))) $(patsubst tests/fuzz/fuzz_%.c,$(B)/replay/%,$(files_with))
files_with = $(shell grep -lsE '^.include "$(1)' tests/*/t_*.c tests/*/bench_*.c tests/fuzz/fuzz_*.c)
$(call tests_with,tui/([a-z0-9_]*\.h|cli/)): $(B)/libtui.a
$(call tests_with,sync/hub/): $(B)/libhub.a
$(call tests_with,sync/link/): $(B)/liblink.a
$(call tests_with,tui/media/): $(B)/libmedia.a
program = $(filter-out $(LIB) $(LIBTEST),$(filter %.a,$^))
archives = $(filter %.o,$^) $(program) $(filter $(LIBTEST),$^) $(program) $(LIB)
link_test = $(if $(V),,@echo '  ld  $(patsubst $(B)/%,%,$@)' &&) mkdir -p $(@D) && $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(archives) $(TEST_LIBS) $(LIBS.all)
TEST_LIBS := -lcmocka -lvterm
$(B)/unit/%: $(B)/tests/unit/%.o $(LIBTEST) $(LIB)
	$(link_test)
$(B)/fault/%: $(B)/tests/fault/%.o $(LIBTEST) $(LIB)
	$(link_test)
$(B)/bench/%: $(B)/tests/bench/%.o $(LIBTEST) $(LIB)
	$(link_test)
$(B)/drive: $(B)/tests/drive/main.o $(LIBTEST) $(LIB)
	$(link_test)
# A fuzz target is a libFuzzer program under clang, a replayer of its corpus under any compiler.
$(B)/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(LIB)
	$(link_test) -fsanitize=fuzzer
$(B)/replay/%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/replay.o $(LIB)
	$(link_test)
$(WARD): tests/demo.sh tests/fixtures/demo.jsonl $(B)/motcua
	@rm -rf $(@D)
	@tests/demo.sh $(@D) $(B)/motcua

.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
