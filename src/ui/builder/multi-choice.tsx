import { MultiCombobox } from '@grafana/ui';
import { type ComponentProps, useId } from 'react';

type Choices = ComponentProps<typeof MultiCombobox<string>>;

interface Props extends Pick<Choices, 'options' | 'onChange'> {
  readonly label: string;
  readonly placeholder: string;
  readonly width: number;
  readonly value: string[];
  /** Default: false. */
  readonly createCustomValue?: boolean;
}

/** A MultiCombobox with a name: of its own it takes that from another element alone. */
export function MultiChoice({ label, ...props }: Props) {
  const id = useId();
  return (
    <div>
      <span id={id} hidden>
        {label}
      </span>
      <MultiCombobox {...props} aria-labelledby={id} />
    </div>
  );
}
