import ICAL from 'ical.js';

/** A property of a calendar file as plain data (jCal, RFC 7265): dates as `2026-06-01T09:00:00`, with `Z` in UTC. */
export interface FileProperty {
  /** In small letters. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `date-time`, `date`, `duration`, `recur`, `text` and others. */
  readonly type: string;
  readonly values: readonly unknown[];
}

export interface FileComponent {
  readonly name: string;
  readonly properties: readonly FileProperty[];
  readonly components: readonly FileComponent[];
}

/** Reads one component, from its BEGIN to its END; null when it is malformed. */
export function readComponent(text: string): FileComponent | null {
  try {
    const parsed: unknown = ICAL.parse(text);
    return componentOf(parsed);
  } catch {
    return null;
  }
}

function componentOf(value: unknown): FileComponent | null {
  const [name, properties, components] = listOf(value);
  if (typeof name !== 'string') return null;
  return {
    name,
    properties: listOf(properties).flatMap((each) => propertyOf(each) ?? []),
    components: listOf(components).flatMap((each) => componentOf(each) ?? []),
  };
}

function propertyOf(value: unknown): FileProperty | null {
  const [name, parameters, type, ...values] = listOf(value);
  return typeof name === 'string' && typeof type === 'string' ? { name, parameters: recordOf(parameters), type, values } : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The fields of an object; none of anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

export function propertiesOf(component: FileComponent, name: string): readonly FileProperty[] {
  return component.properties.filter((each) => each.name === name);
}

export function propertyNamed(component: FileComponent, name: string): FileProperty | null {
  return component.properties.find((each) => each.name === name) ?? null;
}

/** The first value of a property as text; empty when there is none. */
export function textOf(component: FileComponent, name: string): string {
  const value = propertyNamed(component, name)?.values[0];
  return typeof value === 'string' ? value : '';
}

/** A parameter as text; null when there is none. */
export function parameterOf(property: FileProperty, name: string): string | null {
  const value = property.parameters[name];
  return typeof value === 'string' ? value : null;
}
