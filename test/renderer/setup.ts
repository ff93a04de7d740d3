import { configure } from '@testing-library/dom';

// Waiting ends when the thing is there, so a busy machine may take its time.
configure({ asyncUtilTimeout: 10_000 });
