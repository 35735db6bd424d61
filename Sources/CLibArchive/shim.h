/* What the Archives module needs of libarchive. */
#ifndef FRONTLINE_CLIBARCHIVE_SHIM_H
#define FRONTLINE_CLIBARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

#endif
