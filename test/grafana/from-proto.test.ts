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
import { type Filled, filled, leaves, type Submessages } from './filled-message.ts';

const submessages: Submessages = {
  Plugincontext: pb.PluginContext,
  User: pb.User,
  Appinstancesettings: pb.AppInstanceSettings,
  Datasourceinstancesettings: pb.DataSourceInstanceSettings,
  Queries: pb.DataQuery,
  Timerange: pb.TimeRange,
};
const resourceSubmessages: Submessages = { ...submessages, Headers: pb.StringList };

const conversions: ReadonlyArray<readonly [string, Filled<Message>, (message: never) => unknown]> = [
  ['queryDataRequestFrom()', filled(pb.QueryDataRequest, submessages), queryDataRequestFrom],
  ['checkHealthRequestFrom()', filled(pb.CheckHealthRequest, submessages), checkHealthRequestFrom],
  ['collectMetricsRequestFrom()', filled(pb.CollectMetricsRequest, submessages), collectMetricsRequestFrom],
  ['callResourceRequestFrom()', filled(pb.CallResourceRequest, resourceSubmessages), callResourceRequestFrom],
];

/** Ours for names of the contract that say their unit otherwise, or are wrapped. */
const renamed: Readonly<Record<string, string>> = {
  lastupdatedms: 'updatedms',
  fromepochms: 'fromms',
  toepochms: 'toms',
  values: 'headers',
};

describe.each(conversions)('%s', (_name, { message, fieldOf }, convert) => {
  test('carries every field of the message over, each to the key of its name', () => {
    const received = new Map(leaves(convert(message as never)).map(({ key, text }) => [text, key]));
    const sent = [...fieldOf]
      // The enum has words here; its own test is below.
      .filter(([, field]) => field !== 'format')
      .map(([text, field]) => [text, renamed[field] ?? field] as const);
    expect(sent.map(([text]) => [text, received.get(text)])).toEqual(sent);
    expect(sent.length).toBeGreaterThan(20);
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
