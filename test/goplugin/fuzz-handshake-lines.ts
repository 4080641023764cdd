import { formatHandshake, type PluginAddress } from '../../src/goplugin/handshake.ts';
import type { Random } from '../random.ts';

const numbers = ['0', '1', '2', '10', '01', '-1', '1e3', '1.0', '0x1', ' 1', '+1', '¹', '１', 'NaN', 'Infinity', ''];
const limits = [2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53]
  .map(String)
  .concat('9'.repeat(20), '9'.repeat(400));
const networks = ['unix', 'tcp', 'UNIX', 'udp', 'unixgram', 'tcp4', 'pipe', '', ' '];
const addresses = [
  '/tmp/no-such-plugin',
  'no/such/plugin',
  '127.0.0.1:1',
  '[::1]:1',
  ':1',
  'localhost:1',
  '127.0.0.1:',
  '127.0.0.1:65536',
  '127.0.0.1:99999999999',
  'a\0b',
  '\0abstract',
  '',
  ' ',
  '..',
  '/',
  'http://[',
  '%',
  '💥',
];
const protocols = ['grpc', 'netrpc', 'GRPC', 'grpc ', '', 'http'];
const multiplexing = ['true', 'false', 'TRUE', '1', '', ' true'];
const separators = ['|', '||', '¦', '\t', '|\0', '\u2028'];

/** A line as no plugin should print it; now and then one as plugins do. */
export function brokenLine(random: Random): string {
  return random.pick([goodLine, mutatedLine, mutatedLine, lineOfOddFields, lineOfOddFields, noise, longLine])(random);
}

export function goodLine(random: Random): string {
  const address: PluginAddress = random.pick([
    { network: 'unix', address: `/tmp/no-such-plugin-${random.below(1000)}` },
    { network: 'tcp', address: `127.0.0.1:${1 + random.below(1023)}` },
  ]);
  return formatHandshake({
    protocolVersion: random.below(100),
    ...address,
    ...(random.happens(0.5) && { serverCert: random.bytes(1 + random.below(600)) }),
    ...(random.happens(0.5) && { multiplex: random.happens(0.5) }),
  });
}

function mutatedLine(random: Random): string {
  return decode(random, random.mutate(Buffer.from(goodLine(random))));
}

function lineOfOddFields(random: Random): string {
  const number = () => random.pick(random.happens(0.7) ? numbers : limits);
  const cert = random.bytes(random.length(3000)).toString(random.pick(['base64', 'base64url', 'hex', 'latin1']));
  const fields = [
    random.happens(0.7) ? '1' : number(),
    number(),
    random.pick(networks),
    random.pick(addresses),
    random.pick(random.happens(0.7) ? ['grpc'] : protocols),
    random.happens(0.5) ? '' : cert,
    random.pick(multiplexing),
    ...Array.from({ length: random.below(3) }, number),
  ];
  return fields.slice(0, random.below(fields.length + 1)).join(random.happens(0.9) ? '|' : random.pick(separators));
}

function noise(random: Random): string {
  return decode(random, random.bytes(random.length(2000)));
}

function longLine(random: Random): string {
  const field = random.pick(['9', 'A', '|', ' ', '💥', '\0', '/', '=']).repeat(random.below(70_000));
  const fields = goodLine(random).split('|');
  fields[random.below(fields.length)] = field;
  return fields.join('|');
}

function decode(random: Random, bytes: Buffer): string {
  return bytes.toString(random.pick(['utf8', 'latin1', 'utf16le']));
}
