import { AccessoryButton, InputGroup } from '@grafana/plugin-ui';
import { Button } from '@grafana/ui';
import { Fragment, type ReactElement } from 'react';

interface Props<T> {
  /** What one item is: `column`. */
  readonly noun: string;
  readonly items: readonly T[];
  readonly onChange: (items: readonly T[]) => void;
  /** What a new item is. */
  readonly create: () => T;
  /** The controls of an item; `label` tells it from the others: `column 2`. */
  readonly controls: (item: T, label: string, onChange: (item: T) => void) => readonly ReactElement[];
}

/** Items that one adds, changes and removes. */
export function ItemList<T>({ noun, items, onChange, create, controls }: Props<T>) {
  return (
    <>
      {items.map((item, index) => {
        const label = `${noun} ${index + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an item has neither a name nor a state of its own
          <Fragment key={index}>
            <InputGroup>
              {[
                ...controls(item, label, (changed) => onChange(items.with(index, changed))),
                <AccessoryButton
                  key="remove"
                  icon="times"
                  variant="secondary"
                  aria-label={`Remove ${label}`}
                  onClick={() => onChange(items.toSpliced(index, 1))}
                />,
              ]}
            </InputGroup>
          </Fragment>
        );
      })}
      <Button icon="plus" variant="secondary" aria-label={`Add ${noun}`} onClick={() => onChange([...items, create()])}>
        Add
      </Button>
    </>
  );
}
