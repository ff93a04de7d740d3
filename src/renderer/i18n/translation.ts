/**
 * The shape that a second language must have: the same keys as English, all of them text. Chinese has one plural form,
 * so a key that English splits into `_one` and `_other` needs only `_other` there.
 */
export type Translation<Source> = {
  readonly [Key in keyof Source as Key extends `${string}_one` ? never : Key]: Source[Key] extends string
    ? string
    : Translation<Source[Key]>;
};
