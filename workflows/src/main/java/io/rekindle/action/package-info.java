/**
 * How the workflow speaks to whatever looks at AWS and changes it: four verbs, one protocol for all
 * kinds.
 */
@NullMarked
package io.rekindle.action;

import org.jspecify.annotations.NullMarked;
