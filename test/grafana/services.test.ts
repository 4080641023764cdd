import { once } from 'node:events';
import { type Client, credentials, Server, ServerCredentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeFrame } from '../../src/frame/arrow/decode.ts';
import { columnFrom } from '../../src/frame/column-from.ts';
import type { Frame } from '../../src/frame/frame.ts';
import details from '../../src/generated/google/rpc/error_details_pb.js';
import rpc from '../../src/generated/google/rpc/status_pb.js';
import services from '../../src/generated/grafana/backend_grpc_pb.js';
import pb from '../../src/generated/grafana/backend_pb.js';
import { unary } from '../../src/goplugin/index.ts';
import { SourcedError } from '../../src/grafana/error-source.ts';
import type { CallResourceHandler, DataResponse, QueryDataHandler } from '../../src/grafana/handlers.ts';
import { dataSourceServices, maxRequestBytes } from '../../src/grafana/serve.ts';

/** What the next call does; each test sets its own. */
let queryData: QueryDataHandler['queryData'];
let callResource: CallResourceHandler['callResource'];

/** What the plugin itself is to blame for. */
let reported: unknown[];

let server: Server;
let address: string;
const clients: Client[] = [];

beforeEach(async () => {
  reported = [];
  server = new Server({ 'grpc.max_receive_message_length': maxRequestBytes, 'grpc.max_send_message_length': -1 });
  const handlers = {
    data: { queryData: (...args: Parameters<typeof queryData>) => queryData(...args) },
    resource: { callResource: (...args: Parameters<typeof callResource>) => callResource(...args) },
    diagnostics: {
      checkHealth: async () => ({ status: 'ok', message: 'fine' }) as const,
      collectMetrics: async () => 'a 1\n',
    },
  };
  for (const { definition, implementation } of dataSourceServices(handlers, (error) => reported.push(error))) {
    server.addService(definition, implementation);
  }
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  address = `127.0.0.1:${port}`;
});

afterEach(() => {
  for (const client of clients.splice(0)) {
    client.close();
  }
  server.forceShutdown();
});

describe('dataService()', () => {
  test('sends frames that decode, beside every other field of an answer', async () => {
    const frame: Frame = {
      name: 'n',
      refId: 'A',
      fields: [{ name: 'v', type: 'int32' }],
      batches: [{ rowCount: 3, columns: [columnFrom('int32', [1, null, 3])] }],
    };
    queryData = async () =>
      new Map<string, DataResponse>([
        ['A', { status: 200, frames: [frame, frame] }],
        ['B', { status: 400, frames: [], error: { message: 'cut \ud83d', source: 'downstream' } }],
      ]);
    const response = await query();
    const a = response.getResponsesMap().get('A');
    expect(a?.getStatus()).toBe(200);
    expect(a?.getFramesList_asU8().map((bytes) => decodeFrame(bytes).fields)).toEqual([frame.fields, frame.fields]);
    expect(response.getResponsesMap().get('B')?.toObject()).toEqual({
      framesList: [],
      error: 'cut \ufffd',
      jsonmeta: '',
      status: 400,
      errorsource: 'downstream',
      format: pb.DataFrameFormat.ARROW,
    });
  });

  test('sends an answer of 64 MB whole', async () => {
    const values = new Float64Array(8_000_000).map((_, i) => i);
    const column = { layout: 'fixed', length: values.length, nullCount: 0, validity: null, values } as const;
    const frame: Frame = {
      fields: [{ name: 'v', type: 'float64' }],
      batches: [{ rowCount: values.length, columns: [column] }],
    };
    queryData = async () => new Map([['A', { status: 200, frames: [frame] }]]);
    const [bytes] = (await query()).getResponsesMap().get('A')?.getFramesList_asU8() ?? [];
    const received = decodeFrame(bytes as Uint8Array).batches[0]?.columns[0];
    expect(Buffer.compare(Buffer.from(values.buffer), bytesOf(received))).toBe(0);
  });

  test('fails the call with the error source, where the handler fails', async () => {
    queryData = () => Promise.reject(new SourcedError('the other side is down', 'downstream'));
    const error = await failure(query());
    expect([error.code, error.details, errorSourceOf(error)]).toEqual([
      status.UNKNOWN,
      'the other side is down',
      'downstream',
    ]);
  });

  test("counts what the handler did not foresee as the plugin's fault", async () => {
    queryData = () => Promise.reject(new TypeError('x is not a function'));
    const error = await failure(query());
    expect([error.code, errorSourceOf(error)]).toEqual([status.UNKNOWN, 'plugin']);
    expect(reported).toEqual([new TypeError('x is not a function')]);
  });

  test('refuses a message whose integers do not fit as InvalidArgument', async () => {
    const broken = new pb.DataQuery();
    broken.setMaxdatapoints(2 ** 60);
    const error = await failure(query([broken]));
    expect(error.code).toBe(status.INVALID_ARGUMENT);
  });

  test('tells the handler when the caller goes away', async () => {
    const told = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    queryData = (_, signal) => {
      signal.addEventListener('abort', () => told.resolve());
      asked.resolve();
      return new Promise(() => {});
    };
    const call = client(services.DataClient).queryData(new pb.QueryDataRequest(), () => {});
    await asked.promise;
    call.cancel();
    await expect(told.promise).resolves.toBeUndefined();
  });

  test('refuses a request over 16 MiB and serves the next', async () => {
    queryData = async () => new Map();
    const big = new pb.DataQuery();
    big.setJson(new Uint8Array(maxRequestBytes + 1));
    const error = await failure(query([big]));
    expect(error.code).toBe(status.RESOURCE_EXHAUSTED);
    await expect(query()).resolves.toBeInstanceOf(pb.QueryDataResponse);
  });

  test('answers QueryChunkedData with Unimplemented', async () => {
    const stream = client(services.DataClient).queryChunkedData(new pb.QueryChunkedDataRequest());
    const [error] = (await once(stream, 'error')) as [ServiceError];
    expect(error.code).toBe(status.UNIMPLEMENTED);
  });
});

describe('services that nobody serves', () => {
  test('answer Unimplemented', async () => {
    const calls = [
      new Promise((_, reject) =>
        client(services.StreamClient).subscribeStream(new pb.SubscribeStreamRequest(), reject),
      ),
      new Promise((_, reject) =>
        client(services.AdmissionControlClient).validateAdmission(new pb.AdmissionRequest(), reject),
      ),
      new Promise((_, reject) =>
        client(services.ResourceConversionClient).convertObjects(new pb.ConversionRequest(), reject),
      ),
    ];
    const codes = await Promise.all(calls.map(async (call) => (await failure(call)).code));
    expect(codes).toEqual([status.UNIMPLEMENTED, status.UNIMPLEMENTED, status.UNIMPLEMENTED]);
  });
});

describe('resourceService()', () => {
  test('passes the request on and streams the pieces of the answer', async () => {
    callResource = async function* (request) {
      yield {
        status: 201,
        headers: new Map([['x', ['1', '2']]]),
        body: Buffer.from(`${request.method} ${request.path}`),
      };
      yield { status: 201, headers: new Map(), body: request.body };
    };
    const request = new pb.CallResourceRequest();
    request.setMethod('POST');
    request.setPath('a/b');
    request.setBody(Buffer.from('body'));
    const pieces: pb.CallResourceResponse[] = [];
    for await (const piece of client(services.ResourceClient).callResource(request)) {
      pieces.push(piece);
    }
    expect(pieces.map((piece) => Buffer.from(piece.getBody_asU8()).toString())).toEqual(['POST a/b', 'body']);
    expect(pieces[0]?.getCode()).toBe(201);
    expect(pieces[0]?.getHeadersMap().get('x')?.getValuesList()).toEqual(['1', '2']);
  });

  test('an error after the first piece ends the stream with an error', async () => {
    callResource = async function* () {
      yield { status: 200, headers: new Map(), body: Buffer.from('half') };
      throw new SourcedError('broke midway', 'downstream');
    };
    const stream = client(services.ResourceClient).callResource(new pb.CallResourceRequest());
    stream.resume();
    const [error] = (await once(stream, 'error')) as [ServiceError];
    expect([error.details, errorSourceOf(error)]).toEqual(['broke midway', 'downstream']);
  });
});

describe('diagnosticsService()', () => {
  test('answers health and metrics', async () => {
    const diagnostics = client(services.DiagnosticsClient);
    const health = await unary<pb.CheckHealthResponse>((done) =>
      diagnostics.checkHealth(new pb.CheckHealthRequest(), done),
    );
    expect([health.getStatus(), health.getMessage()]).toEqual([pb.CheckHealthResponse.HealthStatus.OK, 'fine']);
    const metrics = await unary<pb.CollectMetricsResponse>((done) =>
      diagnostics.collectMetrics(new pb.CollectMetricsRequest(), done),
    );
    expect(Buffer.from(metrics.getMetrics()?.getPrometheus_asU8() ?? []).toString()).toBe('a 1\n');
  });
});

function client<T extends Client>(Type: new (address: string, channel: typeof insecure, options: object) => T): T {
  const made = new Type(address, insecure, { 'grpc.max_receive_message_length': -1 });
  clients.push(made);
  return made;
}

const insecure = credentials.createInsecure();

function query(queries: pb.DataQuery[] = []): Promise<pb.QueryDataResponse> {
  const request = new pb.QueryDataRequest();
  request.setQueriesList(queries);
  return unary((done) => client(services.DataClient).queryData(request, done));
}

async function failure(call: Promise<unknown>): Promise<ServiceError> {
  const error = await call.then(
    () => undefined,
    (reason: ServiceError) => reason,
  );
  if (!error) {
    throw new Error('The call succeeded');
  }
  return error;
}

function bytesOf(column: unknown): Uint8Array {
  const { values } = column as { values: Float64Array };
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** What grafana-plugin-sdk-go's ErrorSourceFromGrpcStatusError reads. */
function errorSourceOf(error: ServiceError): string | undefined {
  const [encoded] = error.metadata.get('grpc-status-details-bin');
  const infos = rpc.Status.deserializeBinary(encoded as Buffer)
    .getDetailsList()
    .filter((any) => any.getTypeName() === 'google.rpc.ErrorInfo')
    .map((any) => details.ErrorInfo.deserializeBinary(any.getValue_asU8()));
  return infos[0]?.getMetadataMap().get('errorSource');
}
