import type { Message } from 'google-protobuf';
import { describe, expect, test } from 'vitest';
import pb from '../../src/generated/grafana/backend_pb.js';
import {
  callResourceRequestFrom,
  checkHealthRequestFrom,
  collectMetricsRequestFrom,
  InvalidMessageError,
  queryDataRequestFrom,
} from '../../src/grafana/from-proto.ts';
import { filled, leaves, type Submessages } from './filled-message.ts';

const submessages: Submessages = {
  Plugincontext: pb.PluginContext,
  User: pb.User,
  Appinstancesettings: pb.AppInstanceSettings,
  Datasourceinstancesettings: pb.DataSourceInstanceSettings,
  Queries: pb.DataQuery,
  Timerange: pb.TimeRange,
  Headers: pb.StringList,
};
const plainHeaders = { ...submessages, Headers: undefined } as unknown as Submessages;

const conversions: ReadonlyArray<readonly [string, Message, (message: never) => unknown]> = [
  ['queryDataRequestFrom()', filled(new pb.QueryDataRequest(), plainHeaders), queryDataRequestFrom],
  ['checkHealthRequestFrom()', filled(new pb.CheckHealthRequest(), plainHeaders), checkHealthRequestFrom],
  ['collectMetricsRequestFrom()', filled(new pb.CollectMetricsRequest(), submessages), collectMetricsRequestFrom],
  ['callResourceRequestFrom()', filled(new pb.CallResourceRequest(), submessages), callResourceRequestFrom],
];

describe.each(conversions)('%s', (_name, message, convert) => {
  test('carries every field of the message over', () => {
    // The enum's number has a name of its own here; bytes are base64 in toObject().
    const sent = leaves(message.toObject()).map((leaf) => (isBase64OfBytes(leaf) ? atob(leaf) : leaf));
    const received = new Set(leaves(convert(message as never)));
    expect(sent.filter((leaf) => !received.has(leaf) && !isFormat(message, leaf))).toEqual([]);
  });
});

describe('from-proto', () => {
  test('refuses an integer that a JavaScript number rounds', () => {
    const query = new pb.DataQuery();
    query.setIntervalms(2 ** 53);
    const request = new pb.QueryDataRequest();
    request.setQueriesList([query]);
    expect(() => queryDataRequestFrom(request)).toThrow(InvalidMessageError);
    expect(() => queryDataRequestFrom(request)).toThrow('Cannot read intervalMS: 9007199254740992 is beyond 2^53');
  });

  test('reads a message without any field as empty values', () => {
    const { pluginContext, ...rest } = queryDataRequestFrom(new pb.QueryDataRequest());
    expect(rest).toEqual({ headers: new Map(), queries: [], format: 'arrow' });
    expect(pluginContext.dataSourceInstanceSettings).toBeUndefined();
  });

  test('knows both frame formats', () => {
    const request = new pb.QueryDataRequest();
    request.setFormat(pb.DataFrameFormat.JSON);
    expect(queryDataRequestFrom(request).format).toBe('json');
  });
});

function isBase64OfBytes(leaf: string): boolean {
  return /^Ynl0ZXMg/.test(leaf);
}

function isFormat(message: Message, leaf: string): boolean {
  return message instanceof pb.QueryDataRequest && leaf === String(message.getFormat());
}
