/* The parts of libxml2 that the LibXML module uses. */
#ifndef FRONTLINE_CLIBXML2_SHIM_H
#define FRONTLINE_CLIBXML2_SHIM_H

/* If libxml2 is built with ICU, its headers include ICU's, which conflict with the ICU inside Foundation; nothing used
   here depends on them. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <libxml/HTMLparser.h>

/* libxml2's variadic report function (xmlGenericErrorFunc) cannot be written in Swift; this one discards the message. */
static inline void frontline_xml_ignore_message(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

/* Discards the messages of one parser; `serror` still receives its structured errors. */
static inline void frontline_xml_silence(xmlSAXHandlerPtr sax) {
    sax->warning = frontline_xml_ignore_message;
    sax->error = frontline_xml_ignore_message;
    sax->fatalError = frontline_xml_ignore_message;
}

/* xmlFree is a global function pointer, which Swift 6 sees as mutable shared state. */
static inline void frontline_xml_free(void *memory) { xmlFree(memory); }

#endif
