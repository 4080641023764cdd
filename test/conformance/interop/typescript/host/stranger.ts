import { type ChannelCredentials, credentials, status } from '@grpc/grpc-js';
import { unary } from 'quiver-sql-datasource/goplugin';
import { HealthClient } from '../../../../../src/generated/goplugin/health_grpc_pb.js';
import healthPb from '../../../../../src/generated/goplugin/health_pb.js';
import { expectEqual, expectThat, failureOf } from './expect.ts';
import type { Session } from './session.ts';

/** Connects to the plugin's own address as somebody who found the socket would. */
export async function stranger({ client, connection }: Session): Promise<void> {
  const withoutCertificate = credentials.createSsl(null, null, null, { rejectUnauthorized: false });
  for (const transport of [credentials.createInsecure(), withoutCertificate]) {
    const { code } = await failureOf('The call', checkHealth(connection.target, transport));
    expectEqual('The stranger’s call ended with', code && status[code], status[status.UNAVAILABLE]);
  }
  expectThat(await client.health(), 'The plugin does not serve its own host any more');
}

async function checkHealth(target: string, transport: ChannelCredentials): Promise<void> {
  const client = new HealthClient(target, transport, { 'grpc.ssl_target_name_override': 'localhost' });
  const request = new healthPb.HealthCheckRequest();
  request.setService('plugin');
  try {
    await unary<healthPb.HealthCheckResponse>((callback) =>
      client.check(request, { deadline: Date.now() + 5000 }, callback),
    );
  } finally {
    client.close();
  }
}
