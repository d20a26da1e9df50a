#pragma once

#include "wire/dmp-vihf.h"

G_BEGIN_DECLS

/* Who speaks in these tests, and of whom. The objects live as long as the set. */
typedef struct
{
  DmpVihfParams params;
  DmpCode *profession;
  DmpCode *speciality;
} VihfSet;

/* The doctor, place and patient of the protocol notes' examples. */
VihfSet *vihf_set_new (void);
void vihf_set_free (VihfSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VihfSet, vihf_set_free)

G_END_DECLS
