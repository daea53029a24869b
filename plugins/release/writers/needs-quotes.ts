/** What YAML 1.1 or 1.2 reads as something else than a text: numbers in all their forms, dates, truth and nothing. */
const otherKinds = [
  /^[-+]?(?:0|[1-9][\d_]*|0[0-7_]+|0o[0-7]+|0x[\da-fA-F_]+|0b[01_]+)$/,
  /^[-+]?[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?$/,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/,
  /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt \t])/,
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|=|<<)$/,
];

/** True where a YAML document would not read this text as that same text if it stood there without quotes. */
export function needsQuotes(text: string): boolean {
  if (text === '' || text !== text.trim()) return true;
  if (/^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^(?:---|\.\.\.)/.test(text)) return true;
  // Commas and brackets end a text in flow style, which the place does not tell.
  if (/[,[\]{}]|:(?:\s|$)|\s#/.test(text) || hasControl(text)) return true;
  return otherKinds.some((kind) => kind.test(text));
}

function hasControl(text: string): boolean {
  return [...text].some((sign) => sign < ' ' || sign === '\u007F');
}
