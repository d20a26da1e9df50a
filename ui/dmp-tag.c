#include "config.h"

#include "dmp-tag.h"

#include "dmp-text-layout.h"

#include <glib/gi18n.h>

GtkWidget *
dmp_tag_new (const char *icon, const char *text, const char *style)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  gtk_widget_add_css_class (box, "ca-tag");
  if (style != NULL)
    gtk_widget_add_css_class (box, style);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  if (icon != NULL)
    {
      GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                       GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_box_append (GTK_BOX (box), image);
    }
  gtk_box_append (GTK_BOX (box), gtk_label_new (text));

  return box;
}

void
dmp_explain (GtkWidget *widget, const char *meaning)
{
  gtk_widget_set_tooltip_text (widget, meaning);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  meaning, -1);
}

GtkWidget *
dmp_tag_new_trust (DmpTrust trust)
{
  static const struct
  {
    const char *icon;
    const char *style;
  } looks[] = {
    [DMP_TRUST_MT] = { "ca-regular-doctor-symbolic", "mt" },
    [DMP_TRUST_PS] = { "ca-professional-symbolic", NULL },
    [DMP_TRUST_AM] = { "ca-insurer-symbolic", NULL },
    [DMP_TRUST_PATIENT] = { "ca-patient-symbolic", NULL },
  };
  const char *words[] = { [DMP_TRUST_MT] = _ ("MT"),
                          [DMP_TRUST_PS] = _ ("PS"),
                          [DMP_TRUST_AM] = _ ("AM"),
                          [DMP_TRUST_PATIENT] = _ ("Patient") };
  const char *meanings[] = { [DMP_TRUST_MT] = _ ("MT : écrit par le médecin traitant"),
                             [DMP_TRUST_PS] = _ ("PS : écrit par un autre professionnel de santé"),
                             [DMP_TRUST_AM] = _ ("AM : remboursement de l’Assurance maladie"),
                             [DMP_TRUST_PATIENT] = _ ("Écrit par le patient lui-même") };
  GtkWidget *tag = dmp_tag_new (looks[trust].icon, words[trust], looks[trust].style);

  dmp_explain (tag, meanings[trust]);

  return tag;
}

const char *
dmp_trust_get_words (DmpTrust trust)
{
  switch (trust)
    {
    case DMP_TRUST_MT:
      return _ ("médecin traitant");
    case DMP_TRUST_AM:
      return _ ("Assurance maladie");
    case DMP_TRUST_PATIENT:
      return _ ("patient");
    case DMP_TRUST_PS:
    default:
      return _ ("professionnel");
    }
}

GtkWidget *
dmp_text_new (const char *text, const char *styles)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (styles != NULL)
    {
      g_auto (GStrv) classes = g_strsplit (styles, " ", -1);
      gtk_widget_set_css_classes (label, (const char **) classes);
      if (gtk_widget_has_css_class (label, "ca-one-line"))
        gtk_label_set_wrap (GTK_LABEL (label), FALSE);
    }
  dmp_text_layout_apply (label);

  return label;
}
