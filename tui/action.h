/*
 * action.h - what a key can mean, described once.
 *
 * ACTION_LIST is the only place where an action has its name, keys and words;
 * hint bar, help screen, palette, binding file and KEYS.md all read it.
 * Keys are written as in the list: `F2`, `^S`, `Enter`, one printable letter.
 * A printable letter is a command outside text fields only; the others are
 * commands everywhere. An F-key also comes as Esc then its digit (keys.h).
 */
#ifndef MOTCUA_TUI_ACTION_H
#define MOTCUA_TUI_ACTION_H

#include "db/base/buf.h"
#include "tui/keys.h"

/*  id         config name   keys            hint bar                      help */
#define ACTION_LIST(X) \
	X(HELP,    "help",       "F1 ?",         T("Trợ giúp", "Help"),        T("Trợ giúp cho màn hình này", "Help for this screen")) \
	X(SAVE,    "save",       "F2 ^S",        T("Lưu", "Save"),             T("Kiểm tra và lưu", "Check and save")) \
	X(FIND,    "find",       "F3 /",         T("Tìm", "Find"),             T("Tìm hồ sơ, hoặc lọc danh sách", "Find a dossier, or filter a list")) \
	X(VALUES,  "values",     "F4",           T("Chọn", "Values"),          T("Danh sách giá trị của ô", "The values this field can take")) \
	X(RELOAD,  "reload",     "F5",           T("Tải lại", "Reload"),       T("Đọc lại từ kho dữ liệu", "Read again from the store")) \
	X(NEW,     "new",        "F6 ^N",        T("Mới", "New"),              T("Thêm mới", "Add a new one")) \
	X(PAGEUP,  "page-up",    "F7 PgUp",      T("Trang trước", "Page up"),  T("Trang trước", "One page up")) \
	X(PAGEDOWN,"page-down",  "F8 PgDn",      T("Trang sau", "Page down"),  T("Trang sau", "One page down")) \
	X(PRINT,   "print",      "F9 ^P",        T("In", "Print"),             T("In giấy tờ", "Print a paper")) \
	X(QR,      "qr",         "m",            T("Mã QR", "QR code"),        T("Mã hồ sơ dạng QR trên màn hình", "The dossier's code as a QR on the screen")) \
	X(MENU,    "menu",       "F10 :",        T("Lệnh", "Menu"),            T("Bảng lệnh: mọi lệnh và phím", "Palette: every command and its key")) \
	X(BACK,    "back",       "Esc",          T("Quay lại", "Back"),        T("Quay lại, không mất bản nháp", "Back one level; the draft is kept")) \
	X(TYPING,  "typing",     "^\\",          T("Gõ", "Typing"),            T("Đổi kiểu gõ: Telex, VNI, tắt", "Typing: Telex, VNI, plain")) \
	X(RAWKEYS, "raw-keys",   "^Z",           T("Phím gốc", "Raw keys"),    T("Trả từ đang gõ về phím gốc", "Give back the raw keys of the word")) \
	X(CLEAR,   "clear",      "^U",           T("Xóa ô", "Clear"),          T("Xóa trắng ô", "Empty the field")) \
	X(DITTO,   "ditto",      "^D",           T("Như trước", "Ditto"),      T("Lấy giá trị của hồ sơ trước", "Copy the previous record's value")) \
	X(NEXTERR, "next-error", "^E",           T("Lỗi sau", "Next error"),   T("Đến lỗi tiếp theo", "Go to the next error")) \
	X(ACCEPT,  "accept",     "Enter",        T("Tiếp", "Next"),            T("Ô tiếp theo, hoặc mở dòng đang chọn", "Next field, or open the row")) \
	X(NEXT,    "next",       "Tab Down",     T("Xuống", "Down"),           T("Ô hoặc dòng dưới", "The field or row below")) \
	X(PREV,    "previous",   "S-Tab Up",     T("Lên", "Up"),               T("Ô hoặc dòng trên", "The field or row above")) \
	X(LEFT,    "left",       "Left",         T("Trái", "Left"),            T("Sang trái", "To the left")) \
	X(RIGHT,   "right",      "Right",        T("Phải", "Right"),           T("Sang phải", "To the right")) \
	X(HOME,    "home",       "Home ^A",      T("Đầu", "Start"),            T("Về đầu ô hoặc danh sách", "To the start of the field or list")) \
	X(END,     "end",        "End",          T("Cuối", "End"),             T("Về cuối ô hoặc danh sách", "To the end of the field or list")) \
	X(TOGGLE,  "toggle",     "Space",        T("Đánh dấu", "Tick"),        T("Đánh dấu hoặc bỏ dấu", "Tick or untick")) \
	X(ALL,     "all",        "*",            T("Tất cả", "All"),           T("Đánh dấu tất cả", "Tick all")) \
	X(MANY,    "many",       ";",            T("Làm loạt", "Act on all"),  T("Làm một việc cho mọi hồ sơ đã đánh dấu", "Do one thing to every dossier ticked")) \
	X(DELETE,  "delete",     "Delete",       T("Bỏ", "Discard"),           T("Bỏ mục đang chọn", "Discard what is selected")) \
	X(SORT,    "sort",       "s",            T("Sắp xếp", "Sort"),         T("Sắp xếp theo cột khác", "Sort by another column")) \
	X(REVERSE, "reverse",    "S",            T("Đảo", "Reverse"),          T("Đảo thứ tự", "Reverse the order")) \
	X(UNDO,    "undo",       "u",            T("Hoàn tác", "Undo"),        T("Hoàn tác việc vừa làm", "Undo the last action")) \
	X(REDRAW,  "redraw",     "^L",           T("Vẽ lại", "Redraw"),        T("Vẽ lại màn hình", "Draw the screen again")) \
	X(LOCK,    "lock",       "^K",           T("Khóa", "Lock"),            T("Khóa máy, giữ bản nháp", "Lock; the draft is kept")) \
	X(QUIT,    "quit",       "^Q",           T("Thoát", "Quit"),           T("Thoát chương trình", "Leave the program"))

enum ui_action {
	UI_NONE,
#define X(id, name, keys, hint, help) UI_##id,
	ACTION_LIST(X)
#undef X
	UI_COUNT
};

struct action_info {
	const char *name;
	const char *keys; /* as shipped, separated by spaces */
	struct words hint, help;
};

enum {
	ACTION_KEYS = 4,      /* keys one action can have */
	ACTION_KEY_TEXT = 16, /* bytes of a key's name, NUL included */
};

/* Which keys mean what, now. */
struct bindings {
	struct key keys[UI_COUNT][ACTION_KEYS];
};

/* The row of an action; a row of empty words for UI_NONE. */
const struct action_info *action_info(enum ui_action action);
/* The action of a configuration name; UI_NONE when there is none. */
enum ui_action action_named(const char *name);

/* The keys as shipped. */
void bindings_init(struct bindings *bindings);
/*
 * Lines `name = keys`, `#` starts a comment; each line replaces that action's
 * keys, and takes them from the actions that had them. RC_INPUT names the line; what came before it holds. At most
 * 64 KiB.
 */
enum rc bindings_read(struct bindings *bindings, const char *text, size_t len, struct err *err) MUST_CHECK;

/* What a key means; in a text field a printable or pasted one means nothing. */
enum ui_action bindings_action(const struct bindings *bindings, const struct key *key, bool in_text);
/* The first key of an action as text (`F2`, `^S`); "" when it has none. */
const char *bindings_key_text(const struct bindings *bindings, enum ui_action action, char out[ACTION_KEY_TEXT]);

/* A key's name and back; key_parse gives false for an unknown name. */
const char *key_text(const struct key *key, char out[ACTION_KEY_TEXT]);
bool key_parse(const char *text, size_t len, struct key *out);

/* KEYS.md. */
void action_markdown(struct buf *out);

#endif
