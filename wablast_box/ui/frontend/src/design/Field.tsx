import { NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import classes from './Field.module.css';

/** Fields: a label, what it is for, and the mistake beside it. All the same height and rhythm. */
// Our forms ask only for what they need: an asterisk on every field would say nothing.
const look = { withAsterisk: false, classNames: { description: classes.help, error: classes.error, label: classes.label } };

export const TextField = (props: ComponentProps<typeof TextInput>) => <TextInput {...look} {...props} />;
export const SecretField = (props: ComponentProps<typeof PasswordInput>) => <PasswordInput autoComplete="off" {...look} {...props} />;
export const LongTextField = (props: ComponentProps<typeof Textarea>) => <Textarea autosize minRows={2} maxRows={10} {...look} {...props} />;
export const NumberField = (props: ComponentProps<typeof NumberInput>) => <NumberInput {...look} {...props} />;
export const ChoiceField = (props: ComponentProps<typeof Select>) => <Select allowDeselect={false} {...look} {...props} />;
export const SwitchField = (props: ComponentProps<typeof Switch>) => <Switch classNames={{ description: classes.help, error: classes.error }} {...props} />;

interface FieldsProps {
  children: ReactNode;
}

/** A column of fields at a width that reads well. */
export function Fields({ children }: FieldsProps) {
  return <div className={classes.fields}>{children}</div>;
}
