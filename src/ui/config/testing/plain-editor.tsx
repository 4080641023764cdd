interface PlainEditorProps {
  readonly value: string;
  readonly readOnly: boolean;
  readonly monacoOptions: { readonly ariaLabel: string };
  readonly onBlur: (text: string) => void;
}

/** In the place of Grafana's CodeEditor, whose Monaco draws nothing in jsdom. Like that one it gives its text when it is left. */
export function PlainEditor({ value, readOnly, monacoOptions, onBlur }: PlainEditorProps) {
  return (
    <textarea
      aria-label={monacoOptions.ariaLabel}
      defaultValue={value}
      readOnly={readOnly}
      onBlur={({ currentTarget }) => onBlur(currentTarget.value)}
    />
  );
}
