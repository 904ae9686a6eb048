/** What a format of schemas must tell, and how a compatibility mode asks for it. Knows no format and no store. */
@NullMarked
package dev.mastic.registry.compat;

import org.jspecify.annotations.NullMarked;
