import { ConfirmModal, RadioButtonGroup } from '@grafana/ui';
import { useEffect, useRef, useState } from 'react';
import type { EditorMode } from '../../model/query.ts';
import type { QuiverQuery } from '../types.ts';

interface Props {
  readonly query: QuiverQuery;
  onChange(query: QuiverQuery): void;
}

const modes = [
  { value: 'builder', label: 'Builder' },
  { value: 'code', label: 'Code' },
] as const satisfies readonly { value: EditorMode; label: string }[];

/** Chooses the editor; who has written SQL that the builder cannot show is asked before it can get lost there. */
export function ModeToggle({ query, onChange }: Props) {
  const [asking, setAsking] = useState(false);
  // Somebody may type on while the builder loads.
  const latest = useRef(query);
  useEffect(() => {
    latest.current = query;
  });
  const show = (editorMode: EditorMode) => onChange({ ...latest.current, editorMode });
  const choose = async (mode: EditorMode) => {
    if (mode === 'builder' && (await losesSql(query))) {
      setAsking(true);
    } else {
      show(mode);
    }
  };
  return (
    <>
      <RadioButtonGroup<EditorMode>
        aria-label="Editor"
        size="sm"
        options={[...modes]}
        value={modeOf(query)}
        onChange={choose}
      />
      <ConfirmModal
        isOpen={asking}
        title="The builder cannot show this SQL"
        body="It stays until you choose something in the builder, which then replaces it."
        confirmText="Open the builder"
        dismissText="Stay with the code"
        onConfirm={() => {
          setAsking(false);
          show('builder');
        }}
        onDismiss={() => setAsking(false)}
      />
    </>
  );
}

export function modeOf({ editorMode }: QuiverQuery): EditorMode {
  return editorMode === 'builder' ? 'builder' : 'code';
}

/** What reads SQL comes with the builder. Where that cannot be loaded nothing is lost, and the page says so in the builder's place. */
async function losesSql(query: QuiverQuery): Promise<boolean> {
  try {
    const { builderOf } = await import(/* webpackChunkName: "query-builder" */ '../builder/builder-of.ts');
    return builderOf(query).replacesSql;
  } catch {
    return false;
  }
}
