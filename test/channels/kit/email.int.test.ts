import { describeDriver } from './describe-driver.ts';
import { emailDriver } from './email.driver.ts';

describeDriver(emailDriver);
