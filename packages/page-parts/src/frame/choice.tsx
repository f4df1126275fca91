import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

interface ChoiceProps<Value extends string | number> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** What stands behind the label. */
  readonly hint?: string;
}

/** One of a few, all of them in sight. */
export function Choice<Value extends string | number>(props: ChoiceProps<Value>): JSX.Element {
  const name = useId();
  return (
    <fieldset class="choice">
      <legend>
        {props.label}
        {props.hint && <span class="hint"> {props.hint}</span>}
      </legend>
      <div class="chips">
        {props.options.map(({ value, text }) => (
          <label key={value} class="chip">
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
