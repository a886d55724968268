#!/usr/bin/perl
# lint.pl FILE... - the rules of this tree that a compiler cannot see; one line a fault, exit 1 if any.
# Reads text only: strings and comments are set aside first, so that words in them are not calls.
use strict;
use warnings;
use utf8;
use open qw(:std :utf8);
use Unicode::Normalize qw(checkNFC);

use constant { FUNCTION_LINES => 60, FILE_LINES => 600, COLUMNS => 120 };

# 110 columns are the aim, 120 the limit; a row of a table may be as wide as its words.
my $table_row = qr/^\s*(?:\{|[A-Z_0-9]+\().*[,\\}]$|\bT\(|^#define/;

# Typing rules know Vietnamese letters; papers for citizens are Vietnamese by law;
# the dictionary's maker invents a ward.
my $vietnamese_only = qr{^core/rules/(telex|vni|paper)|^core/slip|^tui/papers|^sync/dict/};

# Who may include whom: the longest folder that fits a file decides.
my %may_include = (
	'db/base'    => [qw(db/base/)],
	'db'         => [qw(db/)],
	'core/rules' => [qw(core/rules/ db/rec.h db/rec_fields.h db/event.h db/base/)],
	'core'       => [qw(core/ db/)],
	'sync'       => [qw(sync/ core/ db/)],
	'sync/link'  => [qw(sync/link/ sync/link. db/base/)],
	'tui'        => [qw(tui/ sync/ core/ db/rec.h db/rec_fields.h db/base/)],
	'tui/media'  => [qw(tui/media/ tui/media. core/rules/paper.h db/base/)],
	'tests'      => [qw(tests/ tui/ sync/ core/ db/)],
);
# A name, where it may stand, what to say.
my @confined = (
	[qr/\bsqlite3_\w+/, qr{^(db/|tests/)}, 'SQLite is called in db/ only'],
	[qr/\b(?:crypto|sodium|randombytes)_\w+/, qr{^(db/base/|db/(key|vfs|header|ext)[^/]*$|sync/|tests/)},
		'cryptography belongs to db/key, db/vfs, db/header, db/base and sync'],
	[qr/\b(?:initscr|newterm|endwin|wget_wch|mvaddstr|waddn?w?str|refresh|doupdate|wnoutrefresh|setupterm)\b(?=\s*\()/,
		qr{^(tui/|tests/drive/)}, 'the screen belongs to tui/'],
	[qr/\bdb_\w+(?=\s*\()/, qr{^(db/|core/|sync/|tests/)}, 'tui/ calls core and sync, never db_*'],
	[qr/\b(?:strcpy|strcat|strncpy|sprintf|vsprintf|strtok|atoi|atol|gets|system|popen)(?=\s*\()/, qr{^$},
		'a call we do not use'],
);
my @angled = (
	[qr/<n?curses\w*\.h>|<term\.h>/, qr{^(tui/|tests/drive/)}, 'curses in tui/ only'],
	[qr/<sqlite3\w*\.h>/, qr{^(db/|tests/)}, 'SQLite in db/ only'],
	[qr/<sodium\.h>/, qr{^(db/base/|db/(key|vfs|header|ext)[^/]*$|sync/|tests/)}, 'libsodium in db/key, db/vfs, db/base and sync only'],
	[qr/<curl/, qr{^sync/link/}, 'libcurl in motcua-link only'],
	[qr/<microhttpd/, qr{^(sync/hub/|tests/)}, 'libmicrohttpd in motcua-hub only'],
	[qr/<(?:qpdf|tiff|jpeglib|png|hpdf|xlsxwriter|qrencode)/, qr{^(tui/media/|tests/)}, 'file formats in motcua-media only'],
);
# A row of X is a pattern (mkdtemp, a recovery code), three alone are not.
my $unfinished = qr/TODO|FIXME|(?<![X-])XXX(?![X-])|HACK|not implemented|placeholder|stub/;

my ($faults, %guards, $path) = (0);
sub fault { my ($line, $what) = @_; print "$path:$line: $what\n"; $faults++; }

for (@ARGV) {
	$path = $_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	my $bytes = do { local $/; <$in> } // '';
	next if $bytes =~ /\0/ || m{^tests/fuzz/corpus/}; # data, not text
	my $text = $bytes;
	if (!utf8::decode($text)) { fault(1, 'not UTF-8'); next; }
	check_text($text);
	check_c($text) if $path =~ /\.[ch]$/;
}
exit($faults ? 1 : 0);

sub check_text
{
	my ($text) = @_;
	my $line = 0;

	return if $path =~ m{^tests/fixtures/} || $path eq 'LICENSE';
	fault(1, 'no newline at the end') if $text ne '' && $text !~ /\n\z/;
	for (split /\n/, $text) {
		$line++;
		fault($line, 'white space at the end of a line') if /[ \t\r]$/ && $path !~ /\.(screen|csv)$/;
		fault($line, 'not in Unicode NFC') unless checkNFC($_);
		fault($line, 'unfinished word') if $path =~ /\.(c|h|sql|awk|sh)$/ && $path ne 'tests/lint.sh' && /$unfinished/;
	}
}

sub check_c
{
	my ($text) = @_;
	my @lines = split /\n/, $text;

	fault(scalar @lines, 'more than ' . FILE_LINES . ' lines in a file') if @lines > FILE_LINES;
	check_guard(\@lines) if $path =~ /\.h$/;
	for my $i (0 .. $#lines) {
		my $wide = $lines[$i];
		1 while $wide =~ s/\t/' ' x (8 - $-[0] % 8)/e;
		fault($i + 1, 'wider than ' . COLUMNS . ' columns') if length $wide > COLUMNS && $lines[$i] !~ $table_row;
		check_include($1, $i + 1) if $lines[$i] =~ /^\s*#\s*include\s*(["<].*)/;
		fault($i + 1, "a path of one machine") if $path !~ /^tests/ && $lines[$i] =~ m{"/(?:tmp|home|root|opt|srv)/[a-z]};
		fault($i + 1, 'a // comment') if $lines[$i] =~ m{^\s*//};
	}
	my ($code, @strings) = set_aside($text);
	my @code = split /\n/, $code;
	check_words(\@code);
	check_functions(\@code);
	check_languages($code, \@strings) if $path =~ m{^(tui|sync|core)/} && $path !~ $vietnamese_only;
}

sub check_guard
{
	my ($lines) = @_;
	my ($guard) = map { /^#ifndef (\w+)$/ ? $1 : () } @$lines;

	if (!$guard) { fault(1, 'no include guard'); return; }
	fault(1, "include guard $guard also guards $guards{$guard}") if $guards{$guard};
	$guards{$guard} = $path;
}

sub check_include
{
	my ($what, $line) = @_;

	for (@angled) {
		my ($name, $where, $why) = @$_;
		fault($line, "$what: $why") if $what =~ $name && $path !~ $where;
	}
	return unless $what =~ /^"([^"]+)"/;
	my $header = $1;
	my ($layer) = sort { length $b <=> length $a } grep { index($path, "$_/") == 0 } keys %may_include;
	return unless $layer;
	fault($line, "\"$header\" is not a path from the top of the tree") unless -e $header || $header =~ m{^gen/};
	fault($line, "an include that climbs: $layer may not see \"$header\"")
		unless $header =~ m{^gen/} || grep { index($header, $_) == 0 } @{$may_include{$layer}};
}

# The text with strings and comments blanked (line breaks kept), and the strings with their places.
sub set_aside
{
	my ($text) = @_;
	my @strings;

	$text =~ s{(/\*.*?\*/|//[^\n]*)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')}{
		my ($at, $comment, $string) = ($-[0], $1, $2); # kept, as the next match overwrites them
		my $all = $comment // $string;
		push @strings, [$at, $string] if defined $string && $string =~ /^"/;
		$all =~ s/[^\n]/ /g;
		$all = '"' . substr($all, 1, -1) . '"' if defined $string;
		$all}gse;
	return ($text, @strings);
}

sub check_words
{
	my ($code) = @_;

	for my $i (0 .. $#$code) {
		for (@confined) {
			my ($name, $where, $why) = @$_;
			fault($i + 1, "$&: $why") if $path !~ $where && $code->[$i] =~ $name;
		}
		fault($i + 1, 'blanks at the start of a line where a tab belongs') if $code->[$i] =~ /^ {8}.*\w/;
		fault($i + 1, 'a typedef for a struct or union') if $code->[$i] =~ /^typedef\s+(struct|union)\b/;
	}
}

# A body opens with a brace in the first column and closes with one; the head is counted too.
sub check_functions
{
	my ($code) = @_;
	my $open;

	for my $i (0 .. $#$code) {
		if ($code->[$i] =~ /^\{\s*$/) {
			$open = $i;
			$open-- while $open > 0 && $code->[$open - 1] =~ /\S/ && $code->[$open - 1] !~ /^[}#]|;\s*$/;
		} elsif (defined $open && $code->[$i] =~ /^\}/) {
			my $lines = $i - $open + 1;
			fault($open + 1, "a function of $lines lines") if $lines > FUNCTION_LINES;
			undef $open;
		}
	}
}

# Sentences with Vietnamese letters stand beside their English: in T(...) or a call that takes both.
sub check_languages
{
	my ($code, $strings) = @_;

	return if $path =~ m{^sync/dict/}; # invented people, for the dictionary
	for (@$strings) {
		my ($at, $string) = @$_;
		next unless $string =~ /\P{ASCII}/ && $string =~ /[[:alpha:]]+ [[:alpha:]]/;
		my @words = $string =~ /([[:alpha:]]+)/g;
		next if 4 * grep({ /\P{ASCII}/ } @words) < @words; # English that names something
		my $before = substr($code, $at > 1500 ? $at - 1500 : 0, $at > 1500 ? 1500 : $at);
		my $start = rindex($before, ';') > rindex($before, '}') ? rindex($before, ';') : rindex($before, '}');
		my $statement = substr($before, $start + 1);
		next if $statement =~ /#define\s|\ben\s*\?|LANG_(?:EN|VI)|\b(?:UI_)?T\s*\(|\b\w*(?:err|warn|say|both|words|two|pair|explain)\w*\s*\(/;
		my $line = 1 + (substr($code, 0, $at) =~ tr/\n//);
		fault($line, "a Vietnamese sentence without its English: use T(vi, en)");
	}
}
