/** How many bytes a text takes in UTF-8; a broken surrogate counts as the replacement character, 3 bytes. */
export function utf8Size(text: string): number {
  let size = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) size += 1;
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) {
      // Two units, four bytes.
      size += 2;
      at += 1;
    } else size += 2;
  }
  return size;
}

/** The longest beginning that takes at most `limit` bytes in UTF-8. Never cuts through a character. */
export function cutToUtf8Size(text: string, limit: number): string {
  let size = 0;
  let end = 0;
  for (const character of text) {
    size += utf8Size(character);
    if (size > limit) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
