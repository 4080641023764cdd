import { parseByteSize } from './byte-size.ts';
import { isTimezone } from './timezone.ts';

/** What the value of a setting must be. The backend refuses what is not, and the config editor says so beside the field. */
export interface SettingRule {
  readonly isValid: (value: unknown) => boolean;
  /** The words of both. */
  readonly expected: string;
}

export const wholeNumber: SettingRule = {
  isValid: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  expected: 'expected a whole number above 0',
};

export const positiveNumber: SettingRule = {
  isValid: (value) => Number.isFinite(value) && Number(value) > 0,
  expected: 'expected a number above 0',
};

export const byteSize: SettingRule = {
  isValid: (value) => typeof value === 'string' && parseByteSize(value) !== undefined,
  expected: 'expected a size such as 512MiB',
};

/** A number of bytes will do as well. */
export const byteCount: SettingRule = {
  isValid: (value) => byteSize.isValid(value) || wholeNumber.isValid(value),
  expected: byteSize.expected,
};

export const timezoneName: SettingRule = {
  isValid: (value) => typeof value === 'string' && isTimezone(value),
  expected: "expected an IANA name such as 'Europe/Berlin'",
};

export const tableName: SettingRule = { isValid: isText, expected: 'expected a name' };

export const filePath: SettingRule = { isValid: isText, expected: 'expected a path' };

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
