/** JSON Schema of the drafts 4, 6 and 7: well-formedness, and whether all that one schema accepts another accepts too. */
@NullMarked
package dev.mastic.registry.json;

import org.jspecify.annotations.NullMarked;
