/**
 * A number's digits without zeros on either side, and the power of ten of the first; equal numbers have equal ones. Zero has no digits.
 *
 * @param text as JSON and JavaScript write numbers: `-12.50`, `1e+21`
 */
export function significant(text: string): string {
  const [mantissa = '', power = '0'] = text.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  const exponent = whole.length - (all.length - digits.length) + Number(power);
  return digits === '' ? '0' : `${digits.replace(/0+$/, '')}e${exponent}`;
}

/**
 * Whether a double, written with as few digits as tell it from its neighbours, as browsers write it, is this decimal to the last digit.
 *
 * @param integer the decimal times 10^scale
 */
export function writesDecimal(value: number, integer: bigint, scale: number): boolean {
  return significant(String(value)) === significant(`${integer}e-${scale}`);
}
