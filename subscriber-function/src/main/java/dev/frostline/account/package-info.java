/**
 * What an AWS account holds, in one Region: functions, log groups and their subscription filters.
 */
@NullMarked
package dev.frostline.account;

import org.jspecify.annotations.NullMarked;
