const tokens = /YYYY|MM|DD|HH|mm|ss|SSS|[A-Za-z]+/g;

/**
 * What `${__from:date:…}` stands for, in UTC: nothing or `iso` is ISO 8601, `seconds` the whole seconds since 1970, else a pattern of
 * YYYY MM DD HH mm ss SSS. Undefined when the pattern has other letters.
 */
export function formatTime(timeMs: number, format: string): string | undefined {
  const iso = new Date(timeMs).toISOString();
  switch (format) {
    case '':
    case 'iso':
      return iso;
    case 'seconds':
      return String(Math.floor(timeMs / 1000));
  }
  const parts: Readonly<Record<string, string>> = {
    YYYY: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    DD: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
    SSS: iso.slice(20, 23),
  };
  const words = format.match(tokens) ?? [];
  return words.every((word) => word in parts) ? format.replace(tokens, (word) => parts[word] ?? word) : undefined;
}
