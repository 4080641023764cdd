import path from 'node:path';
import type { Env } from '../env.ts';
import { GoPluginError } from '../errors.ts';
import { type Handshake, type PluginAddress, parseHandshake } from '../handshake.ts';
import { generateCertificate } from '../mtls.ts';
import type { TlsConfig } from '../tls.ts';
import type { Attempt } from './attempt.ts';
import { checkAnswer } from './check-answer.ts';
import { verifyChecksum } from './checksum.ts';
import { type ClientConfig, type LaunchConfig, versionsOf } from './config.ts';
import { pluginEnvironment } from './environment.ts';
import { findExecutable } from './find-executable.ts';
import { type PluginProcess, runProcess, type StartedProcess } from './process-runner.ts';
import { createSocketDirectory } from './socket-directory.ts';
import { within } from './within.ts';

/** A plugin of which is known where it listens and how it is spoken to. */
export interface FoundPlugin {
  readonly process: PluginProcess;
  readonly address: PluginAddress;
  readonly protocolVersion: number;
  readonly tls: TlsConfig | undefined;
}

/** Starts a plugin's process and takes its handshake. What it has begun when it rejects, the attempt has to undo. */
export async function launch(config: ClientConfig & LaunchConfig, attempt: Attempt): Promise<FoundPlugin> {
  const { guard, edge, logger } = attempt;
  const ownCertificate = config.autoMtls
    ? await guard.wait('the certificate for AutoMTLS', generateCertificate())
    : undefined;
  if (config.unixSocket !== undefined) {
    attempt.socketDirectory = createSocketDirectory(config.unixSocket, { ...edge, logger });
  }
  const made = {
    clientCert: ownCertificate?.certificate,
    socketDir: attempt.socketDirectory?.path,
    socketGroup: config.unixSocket?.group,
  };
  attempt.endWithHost();
  const process = await startProcess(config, pluginEnvironment(config, made, edge.env, edge.platform), attempt);
  const answer = await readHandshake(process, attempt);
  attempt.sockets.add(answer);
  const { tls, multiplex = false } = config;
  const { network, address, protocolVersion } = answer;
  return {
    process,
    address: { network, address },
    protocolVersion,
    tls: checkAnswer(answer, { versions: versionsOf(config), ownCertificate, tls, multiplex }),
  };
}

async function startProcess(config: LaunchConfig, env: Env, attempt: Attempt): Promise<StartedProcess> {
  const { guard, edge, stderr } = attempt;
  const { command, args = [], checksum } = config;
  const cwd = path.resolve(edge.cwd, config.cwd ?? '.');
  attempt.executable = { file: command, cwd };
  const file = findExecutable({ command, cwd, env, platform: edge.platform });
  attempt.executable = { file, cwd };
  if (checksum !== undefined) {
    await guard.wait('the checksum of its executable', verifyChecksum(file, checksum, guard.signal));
  }
  guard.signal.throwIfAborted();
  const onStderrLine = (line: string, isPiece: boolean) => stderr.add(line, isPiece);
  const process = await runProcess({ file, args, env, cwd, onStderrLine });
  attempt.stdout = process.stdout;
  attempt.begin(process);
  return process;
}

// A process that closes its stdout is mostly about to end, and its exit says more.
const exitLimitMs = 1000;

async function readHandshake({ stdout }: StartedProcess, { guard }: Attempt): Promise<Handshake> {
  const line = await guard.wait('its handshake line on stdout', stdout.line);
  if (line !== undefined) {
    return parseHandshake(line);
  }
  await within(exitLimitMs, guard.failure);
  throw new GoPluginError('handshake', 'it has closed its stdout without a handshake');
}
