/**
 * What looks at AWS and changes it: one handler for each kind of step, and what all of them share.
 */
@NullMarked
package io.rekindle.action.aws;

import org.jspecify.annotations.NullMarked;
