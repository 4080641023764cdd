/** What the ledger has rows for, in one .proto. */
export interface ProtoFacts {
  /** As they are called: `package.Service/Method`. */
  readonly rpcs: readonly string[];
  /** `Message.field`, without the messages around it. */
  readonly fields: readonly string[];
}

/** Reads as much of a .proto as this project writes: one declaration a line, no `option` inside of messages. */
export function readProto(text: string): ProtoFacts {
  const rpcs: string[] = [];
  const fields: string[] = [];
  const open: string[] = [];
  let packageName = '';
  for (const line of text.split('\n').map((one) => one.replace(/\/\/.*$/, '').trim())) {
    packageName = /^package ([\w.]+);/.exec(line)?.[1] ?? packageName;
    const rpc = /^rpc (\w+)/.exec(line)?.[1];
    const field = /^(?:repeated |optional )?[\w.]+ (\w+) = \d+;/.exec(line)?.[1];
    if (rpc !== undefined) {
      rpcs.push(`${packageName}.${open.at(-1)}/${rpc}`);
    } else if (field !== undefined) {
      fields.push(`${open.findLast((name) => name !== '')}.${field}`);
    }
    // A oneof is no owner of its fields.
    const opened = /^(?:service|message|enum|oneof) (\w+) \{/.exec(line);
    if (opened !== null) {
      open.push(line.startsWith('oneof') ? '' : (opened[1] ?? ''));
    }
    if (line.endsWith('}')) {
      open.pop();
    }
  }
  return { rpcs, fields };
}
