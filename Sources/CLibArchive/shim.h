/* The parts of libarchive that the Archives module uses. */
#ifndef FRONTLINE_CLIBARCHIVE_SHIM_H
#define FRONTLINE_CLIBARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

#endif
