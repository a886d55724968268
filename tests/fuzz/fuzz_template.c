/*
 * A template a ward wrote, filled, then laid out. What paper_check takes, paper_fill takes; what paper_fill writes,
 * paper_text reads, and no line of it is wider than the sheet. The first byte is the width; the rest is also read as
 * lines of a paper, which may be nonsense.
 */
#include "core/paper_text.h"
#include "core/slip.h"
#include "db/base/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MAX = 1 << 20 };

static void know(struct paper_facts *facts)
{
	paper_facts_init(facts, slip_words);
	paper_put(facts, "code", "H11.25-241025-0101");
	paper_put(facts, "applicant_name", "Nguyễn Thị Bình");
	paper_put(facts, "reason", "một\nhai {name} | @page\t\\");
	for (int i = 0; i < 3; i++) {
		paper_row(facts, "components");
		paper_put_row(facts, "name", "Giấy chứng sinh");
	}
}

static void check_width(const struct buf *text, size_t width)
{
	const char *from = buf_str(text);

	while (*from) {
		size_t len = strcspn(from, "\n\f");
		char *line = strndup(from, len);

		if (!line || utf8_cols(line) > width)
			abort();
		free(line);
		from += len + (from[len] != '\0');
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf lines = BUF(OUT_MAX), text = BUF(OUT_MAX), other = BUF(OUT_MAX);
	struct paper_facts facts;
	size_t width = size ? PAPER_WIDTH_MIN + data[0] % 100 : PAPER_WIDTH;
	enum rc checked, filled;

	if (!size)
		return 0;
	data++;
	size--;
	know(&facts);
	checked = paper_check((const char *)data, size, slip_words, NULL);
	filled = paper_fill((const char *)data, size, &facts, &lines, NULL);
	if (checked == RC_OK && filled != RC_OK && filled != RC_FULL)
		abort();
	if (filled == RC_OK) {
		enum rc rc = paper_text(lines.data, lines.len, width, &text, NULL);

		if (rc == RC_DAMAGED)
			abort();
		if (rc == RC_OK)
			check_width(&text, width);
	}
	(void)!paper_text(data, size, width, &other, NULL);
	paper_facts_done(&facts);
	buf_done(&lines);
	buf_done(&text);
	buf_done(&other);
	return 0;
}
