import {
  displayNameOverrideProcessor,
  type FieldConfigPropertyItem,
  identityOverrideProcessor,
  numberOverrideProcessor,
  stringOverrideProcessor,
  thresholdsOverrideProcessor,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

type Process = FieldConfigPropertyItem['process'];

/** The options that every panel's fields have, and how an override's value is read. Nothing here edits them, so none has an editor. */
const processors: Readonly<Record<string, Process>> = {
  unit: unitOverrideProcessor as Process,
  min: numberOverrideProcessor as Process,
  max: numberOverrideProcessor as Process,
  decimals: numberOverrideProcessor as Process,
  displayName: displayNameOverrideProcessor as Process,
  noValue: stringOverrideProcessor as Process,
  color: identityOverrideProcessor as Process,
  thresholds: thresholdsOverrideProcessor as Process,
  mappings: valueMappingsOverrideProcessor as Process,
  links: identityOverrideProcessor as Process,
};

export const standardFieldConfig: FieldConfigPropertyItem[] = Object.entries(processors).map(([id, process]) => ({
  id,
  path: id,
  name: id,
  process,
  shouldApply: () => true,
  editor: () => null,
  override: () => null,
}));
