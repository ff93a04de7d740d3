import { describeDriver } from './describe-driver.ts';
import { discourseDriver } from './discourse.driver.ts';

describeDriver(discourseDriver);
