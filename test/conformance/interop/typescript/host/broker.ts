import { readdirSync } from 'node:fs';
import { type PluginService, unary } from 'quiver-sql-datasource/goplugin';
import {
  AddHelperService,
  CounterClient,
  type IAddHelperServer,
} from '../../../../../examples/generated/counter_grpc_pb.js';
import counterPb from '../../../../../examples/generated/counter_pb.js';
import { callbackService } from '../callback.ts';
import { CallbackClient } from '../generated/peer_grpc_pb.js';
import pb from '../generated/peer_pb.js';
import type { Cell } from './cell.ts';
import { expectEqual, expectThat } from './expect.ts';
import type { Session } from './session.ts';

export async function counter(session: Session): Promise<void> {
  const client = session.connection.client(CounterClient);
  for (const [kept, value] of [
    [0, 40],
    [40, 2],
  ] as const) {
    const calls: [number, number][] = [];
    await serving(session, addHelper(calls), async (id) => {
      const request = new counterPb.CounterPutRequest();
      request.setAddServer(id);
      request.setKey('answer');
      request.setValue(value);
      await unary<counterPb.CounterEmpty>((callback) => client.put(request, callback));
    });
    expectEqual('AddHelper was called with', calls, [[kept, value]]);
  }
  const request = new counterPb.CounterGetRequest();
  request.setKey('answer');
  const response = await unary<counterPb.CounterGetResponse>((callback) => client.get(request, callback));
  expectEqual('The counter', response.getValue(), 42);
}

function addHelper(calls: [number, number][]): PluginService {
  const implementation: IAddHelperServer = {
    sum({ request }, callback) {
      calls.push([request.getA(), request.getB()]);
      const response = new counterPb.SumResponse();
      response.setR(request.getA() + request.getB());
      callback(null, response);
    },
  };
  return { definition: AddHelperService, implementation };
}

/** Serves under a new id for as long as it is used. */
async function serving({ broker }: Session, service: PluginService, use: (id: number) => Promise<void>): Promise<void> {
  const id = broker.nextId();
  const server = await broker.acceptAndServe(id, [service]);
  try {
    await use(id);
  } finally {
    await server.close();
  }
}

export async function callback(session: Session): Promise<void> {
  for (const turn of [0, 1, 2]) {
    await callbackOnce(session, turn);
  }
}

async function callbackOnce(session: Session, turn: number): Promise<void> {
  const heard: string[] = [];
  const texts = ['one', 'zwei', 'три'].map((word) => `${word} of ${turn}`);
  const service = callbackService('host', (text) => heard.push(text));
  await serving(session, service, async (id) => {
    const request = new pb.CallBackRequest();
    request.setServiceId(id);
    request.setTextsList(texts);
    const reply = await unary<pb.CallBackReply>((done) => session.peer.callBack(request, done));
    expectEqual(
      'The plugin was answered',
      reply.getTextsList(),
      texts.map((text) => `host heard ${text}`),
    );
  });
  expectEqual('The host heard', heard, texts);
}

export async function accept(session: Session): Promise<void> {
  const [first, second] = [await serve(session), await serve(session)];
  expectThat(first !== second, `The plugin serves twice under id ${first}`);
  await tell(session, second);
  await tell(session, first);
}

/** The id under which the plugin now serves. */
async function serve({ peer }: Session): Promise<number> {
  return (await unary<pb.ServeReply>((done) => peer.serve(new pb.ServeRequest(), done))).getServiceId();
}

async function tell({ broker }: Session, id: number): Promise<void> {
  const connection = await broker.dial(id);
  try {
    const request = new pb.TellRequest();
    request.setText('grüße');
    const client = connection.client(CallbackClient);
    const reply = await unary<pb.TellReply>((done) => client.tell(request, done));
    expectEqual(`The answer of id ${id}`, reply.getText(), 'plugin heard grüße');
  } finally {
    connection.close();
  }
}

/** Both ways of the broker, one after the other, with an eye on the sockets. */
export async function multiplex(cell: Cell): Promise<void> {
  await cell.withPlugin({ multiplex: true }, async (session) => {
    const before = readdirSync(cell.directory);
    await callbackOnce(session, 0);
    await tell(session, await serve(session));
    expectEqual('The sockets', readdirSync(cell.directory), before);
  });
}
