/**
 * Tells people and programs of findings: what is new against what was told before, as messages to
 * Slack, Teams, mail, EventBridge and SNS.
 */
@NullMarked
package dev.frostline.notify;

import org.jspecify.annotations.NullMarked;
