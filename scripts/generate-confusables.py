#!/usr/bin/python3
"""
Writes src/shared/domain/guard/confusables.ts from the confusables of UTS #39, as the ICU library has them, and from the names of Latin
letters with something added. Run by hand, when a newer Unicode version is wanted; needs Debian's python3-icu:
    python3 scripts/generate-confusables.py
"""
import collections
import os
import re
import unicodedata

import icu

LINE = 118
TARGET = os.path.join(os.path.dirname(__file__), '../src/shared/domain/guard/confusables.ts')


def plain(text):
    """Compatibility forms folded, without marks, in lower case: what the skeleton does without a table."""
    decomposed = unicodedata.normalize('NFD', unicodedata.normalize('NFKC', text))
    return ''.join(c for c in decomposed if unicodedata.category(c) not in ('Mn', 'Me')).lower()


def is_left_out(code_point):
    """Surrogates, private use, Hangul syllables (they decompose), and ASCII, which the skeleton treats by rules of its own."""
    return code_point < 0x80 or 0xAC00 <= code_point < 0xD7A4 or 0xD800 <= code_point < 0xF900 or code_point >= 0xE0000


def base_letter(character):
    """The letter that a Latin letter is by its name: an m with a hook is an m, as is a small capital one. None for others."""
    name = unicodedata.name(character, '')
    match = re.match(r'LATIN (?:SMALL LETTER|CAPITAL LETTER|LETTER SMALL CAPITAL) (?:SCRIPT |DOTLESS |SIDEWAYS |LONG )?([A-Z])(?: WITH .*)?$', name)
    return match.group(1).lower() if match else None


checker = icu.SpoofChecker()
sources = collections.defaultdict(list)
for code_point in range(0x110000):
    if is_left_out(code_point):
        continue
    character = chr(code_point)
    if unicodedata.normalize('NFKD', character) != character:
        # its base character is in the table by itself
        continue
    skeleton = checker.getSkeleton(0, character)
    prototype = ''.join(c for c in skeleton if unicodedata.category(c) not in ('Mn', 'Me'))
    is_letter = all(unicodedata.category(c)[0] in 'LN' for c in prototype)
    named = base_letter(character)
    if prototype and is_letter and plain(prototype) != plain(character):
        sources[prototype].append(code_point)
    elif named is not None and plain(character) != named:
        sources[named].append(code_point)

entries = []
for prototype in sorted(sources):
    key = '+'.join(f'{ord(c):x}' for c in prototype)
    entries.append(f'{key}:' + ','.join(f'{code_point:x}' for code_point in sources[prototype]))
lines = ['']
for part in ' '.join(entries).replace(',', ', ').split(' '):
    joiner = '' if lines[-1].endswith(',') or lines[-1] == '' else ' '
    if len(lines[-1]) + len(part) > LINE:
        # a break is where a blank or a comma is; the reader takes both for the same
        lines.append(part)
    else:
        lines[-1] += joiner + part
count = sum(len(code_points) for code_points in sources.values())
with open(TARGET, 'w', encoding='utf-8') as file:
    file.write(f'''/**
 * Characters that look like others: `prototype:characters`, all as hexadecimal code points, a prototype of several joined by `+`.
 * {count} characters, without those that compatibility forms, marks and letter case account for; among them Latin letters with a hook or
 * the like, by their names.
 * Source: Unicode security data (UTS #39, confusables) and names, version {icu.UNICODE_VERSION}, by ICU {icu.ICU_VERSION}; made by scripts/generate-confusables.py.
 * Copyright © 1991-2022 Unicode, Inc.; Unicode License V3 (https://www.unicode.org/license.txt). This copyright and permission notice
 * appear with the data.
 */
export const CONFUSABLES = `
''')
    file.write('\n'.join(lines))
    file.write('\n`;\n')
print(f'{count} characters, {len(sources)} prototypes, {os.path.getsize(TARGET)} bytes')
