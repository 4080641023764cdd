import type {
  DescriptorProto,
  EnumDescriptorProto,
  FieldDescriptorProto,
  FileDescriptorProto,
} from 'google-protobuf/google/protobuf/descriptor_pb.js';

/** A field that a file adds to a message, of its own or of another file. */
export interface Extension {
  /** Full name of the message that it is added to. */
  readonly type: string;
  readonly number: number;
}

/** The full names of all that a file defines: what grpc-go's reflection finds, down to fields, methods and the values of enums. */
export function symbolsOf(file: FileDescriptorProto): string[] {
  const scope = file.getPackage() ?? '';
  return [
    ...file.getMessageTypeList().flatMap((message) => symbolsOfMessage(message, scope)),
    ...file.getEnumTypeList().flatMap((enumeration) => symbolsOfEnum(enumeration, scope)),
    ...namesIn(scope, file.getExtensionList()),
    ...file.getServiceList().flatMap((service) => {
      const name = join(scope, service.getName());
      return [name, ...namesIn(name, service.getMethodList())];
    }),
  ];
}

/** The extensions that a file defines, also those inside of its messages. */
export function extensionsOf(file: FileDescriptorProto): Extension[] {
  return [...file.getExtensionList(), ...file.getMessageTypeList().flatMap(extensionsInMessage)].map((field) => ({
    // protoc writes full names with a dot in front.
    type: (field.getExtendee() ?? '').replace(/^\./, ''),
    number: field.getNumber() ?? 0,
  }));
}

function symbolsOfMessage(message: DescriptorProto, scope: string): string[] {
  const name = join(scope, message.getName());
  return [
    name,
    ...namesIn(name, message.getFieldList()),
    ...namesIn(name, message.getOneofDeclList()),
    ...namesIn(name, message.getExtensionList()),
    ...message.getNestedTypeList().flatMap((nested) => symbolsOfMessage(nested, name)),
    ...message.getEnumTypeList().flatMap((enumeration) => symbolsOfEnum(enumeration, name)),
  ];
}

/** The values of an enum stand beside it, not inside. */
function symbolsOfEnum(enumeration: EnumDescriptorProto, scope: string): string[] {
  return [join(scope, enumeration.getName()), ...namesIn(scope, enumeration.getValueList())];
}

function extensionsInMessage(message: DescriptorProto): FieldDescriptorProto[] {
  return [...message.getExtensionList(), ...message.getNestedTypeList().flatMap(extensionsInMessage)];
}

function namesIn(scope: string, named: readonly { getName(): string | undefined }[]): string[] {
  return named.map((one) => join(scope, one.getName()));
}

function join(scope: string, name = ''): string {
  return scope === '' ? name : `${scope}.${name}`;
}
