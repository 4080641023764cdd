import { describe, expect, test } from 'vitest';
import { type Features, idleGaps } from './features.ts';
import { type CheckResult, judge, namesOf } from './judge.ts';

const cell = { host: 'go', plugin: 'python', network: 'unix', autoMtls: false };
const features: Features = {
  hosts: ['go'],
  plugins: ['go', 'python'],
  networks: ['unix'],
  autoMtls: [false, true],
  checks: [
    { name: 'start', says: 'it starts' },
    { name: 'broker', says: 'it brokers' },
    { name: 'stranger', says: 'strangers stay outside', autoMtls: true },
  ],
  gaps: [{ plugin: 'python', checks: ['broker'], reason: 'it has no broker', error: 'unimplemented' }],
};

function result(check: string, status: 'pass' | 'fail', message = ''): CheckResult {
  return { ...cell, check, status, message, milliseconds: 1 };
}

function kinds(...results: CheckResult[]) {
  return judge(features, cell, namesOf(features, cell), results).map(({ check, kind }) => `${check} ${kind}`);
}

const started = result('start', 'pass');
const noBroker = result('broker', 'fail', 'code = Unimplemented');

describe('judge()', () => {
  test('passes what is claimed and passes, and keeps a gap that fails as listed', () => {
    expect(kinds(started, noBroker)).toEqual(['start passed', 'broker gap']);
  });

  test('fails what is claimed and fails, with the reason of the host', () => {
    const [verdict] = judge(features, cell, ['start'], [result('start', 'fail', 'no line')]);
    expect(verdict).toEqual({ check: 'start', kind: 'failed', message: 'no line' });
  });

  test('fails a gap whose check passes', () => {
    expect(kinds(started, result('broker', 'pass'))).toEqual(['start passed', 'broker failed']);
  });

  test('fails a gap whose check fails otherwise than listed', () => {
    expect(kinds(started, result('broker', 'fail', 'connection refused'))).toEqual(['start passed', 'broker failed']);
  });

  test('takes the reason of what is not run from start', () => {
    const gap = { plugin: 'python', reason: 'it has no TLS', error: 'no TLS' };
    const verdicts = (startMessage: string) =>
      judge(
        { ...features, gaps: [gap] },
        cell,
        ['start', 'broker'],
        [result('start', 'fail', startMessage), result('broker', 'fail', 'Not run, since start failed: it ended')],
      ).map(({ kind }) => kind);
    expect(verdicts('it has no TLS')).toEqual(['gap', 'gap']);
    expect(verdicts('it has no disk')).toEqual(['failed', 'failed']);
  });

  test('fails a check without a result, and one with two', () => {
    expect(kinds(noBroker, noBroker)).toEqual(['start failed', 'broker failed']);
  });

  test('fails a result that nobody asked for, of another check or of another cell', () => {
    const elsewhere = { ...started, network: 'tcp' };
    expect(kinds(started, noBroker, result('stranger', 'pass'), elsewhere)).toEqual([
      'start passed',
      'broker gap',
      'stranger failed',
      'start failed',
    ]);
  });
});

describe('namesOf()', () => {
  test('leaves out what means nothing without AutoMTLS', () => {
    expect(namesOf(features, cell)).toEqual(['start', 'broker']);
    expect(namesOf(features, { ...cell, autoMtls: true })).toEqual(['start', 'broker', 'stranger']);
  });
});

describe('idleGaps()', () => {
  test('names gaps that fit no cell or no check, and those behind another', () => {
    const idle = [
      { plugin: 'cobol', reason: 'nobody wrote it', error: '' },
      { checks: ['brokr'], reason: 'a slip', error: '' },
      { plugin: 'python', network: 'unix', checks: ['broker'], reason: 'said before', error: '' },
    ];
    expect(idleGaps({ ...features, gaps: [...features.gaps, ...idle] })).toEqual(idle);
  });
});
