/**
 * The front door: what a run is asked for with, and whether it is let in. Activity code; a run that
 * was let in never asks again.
 */
@NullMarked
package io.rekindle.door;

import org.jspecify.annotations.NullMarked;
