import { Combobox, Input } from '@grafana/ui';
import type { BuilderFilter } from '../../model/builder.ts';
import type { ColumnKind } from '../../model/resources.ts';
import { MultiChoice } from './multi-choice.tsx';
import { valuesOf } from './operators.ts';
import { isBareValue } from './sql-tokens.ts';

interface Props {
  readonly label: string;
  readonly filter: BuilderFilter;
  /** Undefined where the catalogue could not tell. */
  readonly kind: ColumnKind | undefined;
  readonly onChange: (values: readonly string[]) => void;
}

/** Takes one value or several; dashboard variables may stand for each. */
export function FilterValue({ label, filter, kind, onChange }: Props) {
  const { operator, values } = filter;
  const [value = ''] = values;
  if (valuesOf(operator) === 'list') {
    return (
      <MultiChoice
        label={label}
        width={32}
        createCustomValue
        placeholder="Values or a $variable"
        options={values.map((one) => ({ value: one }))}
        value={[...values]}
        onChange={(options) => onChange(options.map((option) => option.value))}
      />
    );
  }
  if (kind === 'boolean') {
    return (
      <Combobox
        aria-label={label}
        width={20}
        createCustomValue
        placeholder="true or false"
        options={[{ value: 'true' }, { value: 'false' }]}
        value={value === '' ? null : value}
        onChange={(option) => onChange([option.value])}
      />
    );
  }
  return (
    <Input
      aria-label={label}
      width={20}
      placeholder={kind && placeholders[kind]}
      invalid={kind === 'number' && value !== '' && !isBareValue(value)}
      value={value}
      onChange={({ currentTarget }) => onChange([currentTarget.value])}
    />
  );
}

const placeholders: Partial<Record<ColumnKind, string>> = {
  number: 'A number or a $variable',
  text: 'Text or a $variable',
  time: '2026-01-31 12:00',
};
