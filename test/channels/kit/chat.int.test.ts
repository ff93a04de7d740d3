import { chatDriver } from './chat.driver.ts';
import { describeDriver } from './describe-driver.ts';

describeDriver(chatDriver);
