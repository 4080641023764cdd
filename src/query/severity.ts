/** Grafana's levels, and how else logs write them, in lower case; the digits are syslog's severities. All else is unknown. */
export const severities: Readonly<Record<string, readonly string[]>> = {
  critical: ['critical', 'crit', 'emerg', 'emergency', 'fatal', 'alert', 'panic', '0', '1', '2'],
  error: ['error', 'err', 'eror', '3'],
  warning: ['warning', 'warn', '4'],
  info: ['info', 'information', 'informational', 'notice', '5', '6'],
  debug: ['debug', 'dbug', '7'],
  trace: ['trace'],
};

export const unknownSeverity = 'unknown';
